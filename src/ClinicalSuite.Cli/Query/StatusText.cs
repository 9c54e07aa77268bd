using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Cli.Query;

/// <summary>Statuses of query and retrieval in words (PS3.4 C.4, PS3.7 annex C).</summary>
internal static class StatusText
{
    public static string Of(DimseStatus status) => $"{Meaning(status.Code)}: status {status}";

    /// <summary>An outcome that is no answer in words; an answer with its status.</summary>
    public static string Of(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Answered answered => Of(answered.Status),
        SendOutcome.NoContext none => none.Problem,
        SendOutcome.Lost lost => $"the association was {lost.End.Describe()}",
        _ => "",
    };

    private static string Meaning(ushort code) => code switch
    {
        0x0000 => "done",
        0x0122 => "the peer does not support the SOP class",
        0x0124 => "the peer does not permit it",
        0x0211 => "the peer does not know the operation",
        0xA700 => "the peer is out of resources",
        0xA701 => "the peer cannot count the matches: out of resources",
        0xA702 => "the peer could not send any object",
        0xA801 => "the peer does not know the destination: it must be configured there with host and port",
        0xA900 => "the identifier does not fit the SOP class: a unique key of a higher level is missing, or --relational",
        0xB000 => "some objects could not be sent",
        0xFE00 => "cancelled",
        >= 0xC000 and <= 0xCFFF => "the peer could not process it",
        _ => "the peer answered",
    };
}
