using System.Collections.Concurrent;
using ClinicalSuite.Dicom.Conformance;

namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>
/// The types (PS3.5 7.4) that attributes have in an object of a class, or in the items of one of its sequences. Conditions are
/// not looked into: what may have to be there counts as if it had to, and the strictest of several definitions counts.
/// </summary>
internal sealed class TypeScope
{
    private static readonly ConcurrentDictionary<string, TypeScope?> OfClasses = new(StringComparer.Ordinal);

    private readonly Dictionary<DicomTag, (int Type, List<GroupLine> Children)> attributes = [];
    private readonly ConcurrentDictionary<DicomTag, TypeScope?> inner = [];

    private TypeScope(IEnumerable<GroupLine> lines) => Add(lines, []);

    /// <summary>Null for a class that the tables do not define.</summary>
    public static TypeScope? Of(string sopClass) => OfClasses.GetOrAdd(sopClass, static uid => ObjectTables.Find(uid) is { } definition
        ? new TypeScope(definition.Modules.SelectMany(use => use.Module.Lines))
        : null);

    /// <summary>1, 2 or 3; what the class does not name extends it and need not be there.</summary>
    public int TypeOf(DicomTag tag) => attributes.TryGetValue(tag, out var found) ? found.Type : 3;

    /// <summary>The items of a sequence; null where the tables say nothing of them.</summary>
    public TypeScope? Inside(DicomTag sequence) => inner.GetOrAdd(sequence, tag =>
        attributes.TryGetValue(tag, out var found) && found.Children.Count > 0 ? new TypeScope(found.Children) : null);

    private void Add(IEnumerable<GroupLine> lines, HashSet<string> macros)
    {
        foreach (var line in lines)
        {
            switch (line)
            {
                case IncludeLine include when macros.Add(include.Macro):
                    Add(ObjectTables.Macro(include.Macro).Lines, macros);
                    break;
                case AttributeLine attribute:
                    AddAttribute(attribute);
                    break;
            }
        }
    }

    private void AddAttribute(AttributeLine line)
    {
        var type = line.Type[0] - '0';
        if (!attributes.TryGetValue(line.Tag, out var known))
        {
            known = (type, []);
        }

        known.Children.AddRange(line.Children);
        attributes[line.Tag] = (Math.Min(type, known.Type), known.Children);
    }
}
