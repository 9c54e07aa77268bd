using System.Globalization;
using System.Text;

namespace ClinicalSuite.Dicom.Conformance;

/// <summary>The definitions of PS3.3 as the generated table holds them; read once, when they are first asked for.</summary>
internal sealed partial class ObjectTables
{
    private static readonly Lazy<ObjectTables> Shared = new(() => new ObjectTables(Encoding.UTF8.GetString(Rows)));

    private readonly Dictionary<string, string[]> terms = [];
    private readonly Dictionary<string, AttributeGroup> modules = [];
    private readonly Dictionary<string, AttributeGroup> macros = [];
    private readonly Dictionary<string, ObjectDefinition> objects = [];
    private readonly Dictionary<string, Condition> conditions = [];

    private ObjectTables(string text)
    {
        List<GroupLine>? top = null;
        List<ModuleUse>? uses = null;
        var nesting = new List<List<GroupLine>>();
        foreach (var row in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var cells = row.Split('\t');
            switch (cells[0])
            {
                case "terms":
                    terms[cells[1]] = cells[2].Split('|');
                    break;
                case "module" or "macro":
                    top = [];
                    (cells[0] == "module" ? modules : macros)[cells[1]] = new AttributeGroup(cells[1], top);
                    nesting = [top];
                    break;
                case "iod":
                    uses = [];
                    Define(cells[1], cells[2], uses);
                    break;
                default:
                    if (uses is null)
                    {
                        AddLine(cells, nesting);
                    }
                    else
                    {
                        uses.Add(new ModuleUse(modules[cells[0]], ConditionOf(cells, 1)));
                    }

                    break;
            }
        }
    }

    /// <summary>The definition for a SOP class UID; null where the table has none.</summary>
    public static ObjectDefinition? Find(string sopClass) => Shared.Value.objects.GetValueOrDefault(sopClass);

    public static AttributeGroup Macro(string name) => Shared.Value.macros[name];

    private void Define(string name, string sopClasses, List<ModuleUse> uses)
    {
        foreach (var sopClass in sopClasses.Split(','))
        {
            objects[sopClass] = new ObjectDefinition(name, uses);
        }
    }

    private void AddLine(string[] cells, List<List<GroupLine>> nesting)
    {
        var depth = cells[0].Length - cells[0].TrimStart('>').Length;
        var word = cells[0][depth..];
        var around = nesting[depth];
        nesting.RemoveRange(depth + 1, nesting.Count - depth - 1);
        switch (word[0])
        {
            case '&':
                around.Add(new IncludeLine(word[1..], ConditionOf(cells, 1)));
                break;
            case '!':
                around.Add(new RuleLine(
                    word == "!E" ? ConformanceSeverity.Error : ConformanceSeverity.Warning,
                    DicomTag.Parse(cells[1]), ConditionOf(cells, 2)!));
                break;
            default:
                var line = new AttributeLine(
                    DicomTag.Parse(word), cells[1].TrimEnd('+'), cells[1].EndsWith('+'),
                    cells.Length > 2 && cells[2].Length > 0 ? Multiplicity.Parse(cells[2]) : null,
                    ConditionOf(cells, 3), [.. cells.Skip(4).Select(CheckOf)]);
                around.Add(line);
                nesting.Add(line.Children);
                break;
        }
    }

    private ValueCheck CheckOf(string text)
    {
        int? position = null;
        if (text[0] == '[')
        {
            var end = text.IndexOf(']', StringComparison.Ordinal);
            position = int.Parse(text.AsSpan(1, end - 1), CultureInfo.InvariantCulture);
            text = text[(end + 1)..];
        }

        Condition? condition = null;
        if (text.IndexOf(" ?", StringComparison.Ordinal) is > 0 and var mark)
        {
            condition = ConditionOf(text[(mark + 2)..]);
            text = text[..mark];
        }

        var kind = text[0] switch
        {
            '=' => ValueCheckKind.Enumerated,
            '~' when text == "~#" => ValueCheckKind.BetterNotZero,
            '~' => ValueCheckKind.DefinedTerms,
            _ => ValueCheckKind.NotZero,
        };
        return new ValueCheck(kind, position, text.Length > 1 && text[1] == '$' ? terms[text[2..]] : text[1..].Split('|'), condition);
    }

    private Condition? ConditionOf(string[] cells, int index) =>
        cells.Length > index && cells[index].Length > 0 ? ConditionOf(cells[index]) : null;

    /// <summary>The same condition stands in many places.</summary>
    private Condition ConditionOf(string text)
    {
        if (!conditions.TryGetValue(text, out var condition))
        {
            condition = ConditionParser.Parse(text);
            conditions.Add(text, condition);
        }

        return condition;
    }
}
