namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>What became of an object.</summary>
public abstract record DeidentificationOutcome
{
    private DeidentificationOutcome()
    {
    }

    /// <summary>The new object, to be written in <paramref name="Syntax"/>; values may still lie in the file it came from.</summary>
    public sealed record Done(DicomDataset Dataset, DicomTransferSyntax Syntax, bool IsRedacted) : DeidentificationOutcome;

    /// <summary>The object cannot be made safe. The reason has no value of it.</summary>
    public sealed record Refused(string Reason) : DeidentificationOutcome;
}
