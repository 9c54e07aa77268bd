namespace ClinicalSuite.Hl7;

/// <summary>Text or bytes that are not the HL7 they should be. The message names the place and the reason, never a value.</summary>
public sealed class Hl7FormatException : FormatException
{
    public Hl7FormatException()
    {
    }

    public Hl7FormatException(string message)
        : base(message)
    {
    }

    public Hl7FormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
