namespace ClinicalSuite.Dicom.Conformance;

/// <summary>A condition of a module, a macro, an attribute or a check, and how the table writes it.</summary>
internal sealed class Condition(string text, Func<ConditionScope, bool> test)
{
    public string Text => text;

    public bool Holds(ConditionScope scope) => test(scope);
}
