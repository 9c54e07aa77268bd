using System.Collections.Concurrent;
using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Pdf;
using ClinicalSuite.Store;

namespace ClinicalSuite.Server.Studies;

/// <summary>Whether a study says of itself that no patient was scanned: the same rule by which its documents say so.</summary>
public sealed class SyntheticMark(StudyCatalogue catalogue, StoreFolder folder)
{
    private const int MostRemembered = 1000;

    /// <summary>What is asked for is text; nothing else of the image is held.</summary>
    private static readonly DicomReadOptions Statements = DicomReadOptions.HeaderOnly with { LargeValueBytes = 1024 };

    private readonly ConcurrentDictionary<(string Study, int Series), bool> seen = new();

    /// <summary>Looks at one image of each series; asked again only when a series is new.</summary>
    public async Task<bool> IsOnAsync(string studyUid, CancellationToken cancellation)
    {
        var first = await catalogue.FirstImagesAsync(studyUid, cancellation);
        if (seen.TryGetValue((studyUid, first.Count), out var known))
        {
            return known;
        }

        var isSynthetic = first.Any(path => IsSynthetic(folder.Absolute(path)));
        if (seen.Count >= MostRemembered)
        {
            seen.Clear();
        }

        seen[(studyUid, first.Count)] = isSynthetic;
        return isSynthetic;
    }

    private static bool IsSynthetic(string path)
    {
        try
        {
            return SourceStatements.IsSynthetic(DicomFile.Open(path, Statements).Dataset);
        }
        catch (Exception failure) when (failure is IOException or DicomFormatException)
        {
            // The page says elsewhere that the image cannot be read.
            return false;
        }
    }
}
