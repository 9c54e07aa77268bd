using System.Globalization;

namespace ClinicalSuite.Dicom.Conformance;

/// <summary>Attributes against the modules and macros of PS3.3: type, condition, multiplicity, enumerated values.</summary>
internal sealed class GroupCheck(ObjectUnderCheck subject)
{
    /// <summary>Macros of a content tree name each other; the tree ends them, this bounds a table at fault.</summary>
    private const int DeepestMacro = 512;

    private int depth;

    public void Check(AttributeGroup group, DicomDataset item) => Check(group.Lines, group.Name, item);

    private void Check(IReadOnlyList<GroupLine> lines, string module, DicomDataset item)
    {
        var scope = new ConditionScope(item, subject);
        foreach (var line in lines)
        {
            switch (line)
            {
                case AttributeLine attribute:
                    Check(attribute, module, scope);
                    break;
                case IncludeLine include when include.Condition?.Holds(scope) ?? true:
                    Include(include.Macro, item);
                    break;
                case RuleLine rule when rule.Broken.Holds(scope):
                    subject.Add(rule.Severity, item, rule.Tag, module, $"is not allowed where {rule.Broken.Text}");
                    break;
            }
        }
    }

    private void Include(string macro, DicomDataset item)
    {
        if (depth < DeepestMacro)
        {
            depth++;
            Check(ObjectTables.Macro(macro), item);
            depth--;
        }
    }

    private void Check(AttributeLine line, string module, ConditionScope scope)
    {
        var item = scope.Item;
        subject.Know(item, line.Tag);
        var isPresent = item.TryGetElement(line.Tag, out var element);
        var isWanted = line.Condition?.Holds(scope);
        if (!isPresent)
        {
            ReportAbsence(line, module, item, isWanted);
            return;
        }

        if (isWanted == false && !line.MayBeOtherwise && line.Type.EndsWith('C'))
        {
            subject.Error(item, line.Tag, module, $"is present, type {line.Type} that is allowed only where {line.Condition!.Text}");
        }

        if (element!.IsEmpty)
        {
            if (line.Type[0] == '1')
            {
                subject.Error(item, line.Tag, module, $"is empty, type {line.Type}");
            }

            if (element is not DicomSequence)
            {
                return;
            }
        }

        if (element is DicomSequence sequence)
        {
            CheckItems(line, module, item, sequence);
            return;
        }

        if (line.Count is { } count && !count.Allows(Count(item, element)))
        {
            subject.Error(item, line.Tag, module, $"has {Count(item, element)} values, {count} are allowed");
        }

        foreach (var check in line.Checks.Where(check => check.Condition?.Holds(scope) ?? true))
        {
            CheckValues(check, line.Tag, module, item);
        }
    }

    private void ReportAbsence(AttributeLine line, string module, DicomDataset item, bool? isWanted)
    {
        if (line.Type is "1" or "2")
        {
            subject.Error(item, line.Tag, module, $"is absent, type {line.Type}");
        }
        else if (line.Type != "3" && isWanted == true)
        {
            subject.Error(item, line.Tag, module, $"is absent, type {line.Type}, wanted where {line.Condition!.Text}");
        }
    }

    private void CheckItems(AttributeLine line, string module, DicomDataset item, DicomSequence sequence)
    {
        if (line.Count is { } count && !count.Allows(sequence.Items.Count) && (sequence.Items.Count > 0 || line.Type[0] != '1'))
        {
            subject.Error(item, line.Tag, module, $"has {sequence.Items.Count} items, {count} are allowed");
        }

        foreach (var each in sequence.Items)
        {
            Check(line.Children, module, each);
        }
    }

    private void CheckValues(ValueCheck check, DicomTag tag, string module, DicomDataset item)
    {
        var values = check.Allowed.Count > 0 && check.Allowed[0].StartsWith('@')
            ? TagsOf(item, tag)
            : TextValues.Of(item, tag);
        for (var index = 0; index < values.Count; index++)
        {
            if ((check.Position ?? index + 1) != index + 1 || values[index].Length == 0)
            {
                continue;
            }

            if (check.Kind is ValueCheckKind.NotZero or ValueCheckKind.BetterNotZero)
            {
                if (double.TryParse(values[index], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == 0)
                {
                    subject.Add(
                        check.Kind == ValueCheckKind.NotZero ? ConformanceSeverity.Error : ConformanceSeverity.Warning,
                        item, tag, module, $"value {index + 1} is zero");
                }
            }
            else if (!check.Allowed.Contains(values[index]))
            {
                var isEnumerated = check.Kind == ValueCheckKind.Enumerated;
                subject.Add(
                    isEnumerated ? ConformanceSeverity.Error : ConformanceSeverity.Warning, item, tag, module,
                    $"value {index + 1} is none of the {(isEnumerated ? "enumerated values" : "defined terms")} {Listed(check.Allowed)}");
            }
        }
    }

    private static List<string> TagsOf(DicomDataset item, DicomTag tag) =>
        item.GetElement(tag).VR == DicomVR.AT ? [.. item.GetTags(tag).Select(each => "@" + DicomDictionary.KeywordOf(each))] : [];

    private static string Listed(IReadOnlyList<string> values) =>
        values.Count <= 12 ? string.Join(", ", values) : string.Join(", ", values.Take(12)) + $" and {values.Count - 12} more";

    private static long Count(DicomDataset item, DicomElement element) =>
        element.VR.IsOther || element is DicomFragmentSequence ? 1
        : element.VR.UnitBytes > 0 && !element.VR.IsText ? element.Length / element.VR.UnitBytes
        : TextValues.Of(item, element.Tag).Count;
}
