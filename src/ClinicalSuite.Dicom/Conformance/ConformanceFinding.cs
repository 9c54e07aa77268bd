namespace ClinicalSuite.Dicom.Conformance;

/// <summary>One thing that an object does not do as the standard says. It holds no value of a person's data.</summary>
/// <param name="Path">The attribute, sequences and item numbers before it: <c>(0062,0002)[1].(0062,0004)</c>.</param>
/// <param name="Keyword">The attribute by its PS3.6 keyword; empty where there is none.</param>
/// <param name="Module">The module or macro of PS3.3 that asks for it; empty for what PS3.5, PS3.6 or PS3.10 ask of every object.</param>
/// <param name="Reason">What is wrong, in words.</param>
public sealed record ConformanceFinding(
    ConformanceSeverity Severity, string Path, string Keyword, string Module, string Reason)
{
    /// <summary><c>error (0010,0010) PatientName: is absent, type 2 [Patient]</c></summary>
    public override string ToString() =>
        string.Join(' ', Severity == ConformanceSeverity.Error ? "error" : "warning", Path, Keyword).TrimEnd() + $": {Reason}"
        + (Module.Length > 0 ? $" [{Module}]" : "");
}
