using System.Globalization;
using ClinicalSuite.Dicom.Pixels;

namespace ClinicalSuite.Dicom;

/// <summary>
/// The hidden verb <c>child-decode SECONDS</c>: frames come on standard input, decoded ones go to standard output, until the
/// input ends. Touches nothing else.
/// </summary>
public static class FrameDecodingChild
{
    public const string Verb = "child-decode";

    /// <summary>The exit status of a process that ended itself over a frame.</summary>
    internal const int OutOfTime = 86;

    /// <summary>Decodes until the parent closes the input.</summary>
    /// <param name="seconds">A frame that takes longer ends the process, even where nobody waits for it any more.</param>
    /// <returns>The exit status.</returns>
    public static int Run(string seconds)
    {
        var limit = TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture));
        using var input = new BufferedStream(Console.OpenStandardInput());
        using var output = new BufferedStream(Console.OpenStandardOutput());
        using var clock = new Timer(_ => Environment.Exit(OutOfTime));
        DecodingExchange.SayReady(output);
        while (DecodingExchange.TryReceive(input, out var frame, out var encoded))
        {
            clock.Change(limit, Timeout.InfiniteTimeSpan);
            try
            {
                DecodingExchange.Answer(output, FrameDecoding.InProcess.Decode(frame, encoded));
            }
            catch (DicomFormatException refusal)
            {
                DecodingExchange.Refuse(output, refusal.Reason, refusal.TagPath ?? DicomTag.PixelData.ToString());
            }
            catch (OutOfMemoryException)
            {
                DecodingExchange.Refuse(
                    output, "the frame needs more memory than a decoder may take", DicomTag.PixelData.ToString());
            }

            clock.Change(Timeout.Infinite, Timeout.Infinite);
        }

        return 0;
    }
}
