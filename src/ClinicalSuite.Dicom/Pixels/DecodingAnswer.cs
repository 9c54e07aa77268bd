namespace ClinicalSuite.Dicom.Pixels;

/// <summary>What came of a frame that was handed to a decoding process.</summary>
internal abstract record DecodingAnswer
{
    private DecodingAnswer()
    {
    }

    public sealed record Decoded(byte[] Cells) : DecodingAnswer;

    public sealed record Refused(string Reason, string TagPath) : DecodingAnswer;

    /// <summary>The process ended, or was ended, without an answer.</summary>
    public sealed record Ended(string Cause, bool IsTimeOut) : DecodingAnswer;
}
