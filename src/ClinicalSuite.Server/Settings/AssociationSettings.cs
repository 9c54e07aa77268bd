using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Server.Settings;

/// <summary>How many associations there may be, and how long one may keep us waiting. What is left out keeps its default.</summary>
public sealed record AssociationSettings
{
    /// <summary>At the same time; further ones are refused for the moment (local limit exceeded).</summary>
    public int? Most { get; init; }

    public int? MostOfOneAddress { get; init; }

    /// <summary>From the connection to the request (the ARTIM timer of PS3.8 9.1.5).</summary>
    public double? RequestSeconds { get; init; }

    /// <summary>From one message to the next.</summary>
    public double? IdleSeconds { get; init; }

    /// <summary>For each piece of a message, and for a whole one beyond what a slow line needs.</summary>
    public double? MessageSeconds { get; init; }

    /// <summary>For the peer to take what we send.</summary>
    public double? WriteSeconds { get; init; }

    /// <summary>For the peer to close once nothing is left to say.</summary>
    public double? CloseSeconds { get; init; }

    internal AssociationLimits Over(AssociationLimits defaults) => defaults with
    {
        Artim = Time(RequestSeconds, defaults.Artim),
        Idle = Time(IdleSeconds, defaults.Idle),
        Message = Time(MessageSeconds, defaults.Message),
        Write = Time(WriteSeconds, defaults.Write),
        Close = Time(CloseSeconds, defaults.Close),
    };

    /// <summary>What cannot be meant; nothing when all can.</summary>
    internal IEnumerable<string> Complaints()
    {
        if (new[] { RequestSeconds, IdleSeconds, MessageSeconds, WriteSeconds, CloseSeconds }.Any(s => s is < 0.1 or > 86400))
        {
            yield return "associations: each time is from 0.1 to 86400 seconds";
        }

        if (Most is < 1 or > 10000 || MostOfOneAddress is < 1 or > 10000)
        {
            yield return "associations: most, mostOfOneAddress: from 1 to 10000";
        }
    }

    private static TimeSpan Time(double? seconds, TimeSpan otherwise) => seconds is { } given ? TimeSpan.FromSeconds(given) : otherwise;
}
