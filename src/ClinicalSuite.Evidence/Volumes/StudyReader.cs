using ClinicalSuite.Dicom;

namespace ClinicalSuite.Evidence.Volumes;

/// <summary>Files, folders and archives to studies and series with typed facts; reads headers only, never pixels.</summary>
public static class StudyReader
{
    private static readonly DicomTag[] DemandedUids =
    [
        DicomTag.SOPClassUID, DicomTag.SOPInstanceUID, DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID,
    ];

    /// <summary>Reads each file once, up to its pixels. Files of a folder or archive that are no DICOM are skipped and named.</summary>
    /// <exception cref="InputRefusedException">
    /// A path that does not exist, a file given by name that is no DICOM, a damaged DICOM file, an attribute that is needed and
    /// unreadable, a limit exceeded, or no study at all.
    /// </exception>
    public static StudyReading Read(
        IReadOnlyList<string> paths, InputLimits? limits = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        using var files = new InputFiles(limits ?? InputLimits.Usual);
        var skipped = new List<SkippedFile>();
        var studies = new SortedDictionary<string, StudyBuilder>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (file, byName) in files.Expand(paths))
        {
            cancellation.ThrowIfCancellationRequested();
            var (header, refusal) = TryReadHeader(files, file);
            if (header is null)
            {
                if (byName || refusal!.Reason != InputReasons.NotDicom)
                {
                    throw refusal!;
                }

                skipped.Add(new SkippedFile(file, refusal.Reason, refusal.Cause));
                continue;
            }

            if (!seen.Add(header.GetString(DicomTag.SOPInstanceUID)))
            {
                skipped.Add(new SkippedFile(file, InputReasons.SameInstance, "its SOPInstanceUID was read before"));
                continue;
            }

            var studyUid = header.GetString(DicomTag.StudyInstanceUID);
            if (!studies.TryGetValue(studyUid, out var study))
            {
                studies.Add(studyUid, study = new StudyBuilder());
            }

            try
            {
                study.Add(header, file);
            }
            catch (DicomFormatException e)
            {
                throw Damaged(e, file);
            }
        }

        return studies.Count > 0
            ? new StudyReading([.. studies.Values.Select(study => study.Build())], skipped)
            : throw NothingFound(paths, skipped);
    }

    private static (DicomDataset? Header, InputRefusedException? Refusal) TryReadHeader(InputFiles files, InputFile file)
    {
        try
        {
            var header = files.ReadHeader(file);
            var missing = DemandedUids.Where(tag => !header.TryGetString(tag, out _)).ToList();
            if (missing.Count == 0)
            {
                // All that we make refers to these by value.
                var broken = DemandedUids.Where(tag => !DicomUID.IsWellFormed(header.GetString(tag))).ToList();
                return broken.Count == 0
                    ? (header, null)
                    : (null, new InputRefusedException(InputReasons.Unreadable,
                        "a UID that is not digits and dots, 64 at most", file.ToString(), broken[0].ToString()));
            }

            // A DICOMDIR is Part 10 too and has no SOP class in its data set; so has text that parses by accident.
            var reason = missing[0] == DicomTag.SOPClassUID ? InputReasons.NotDicom : InputReasons.Unreadable;
            return (null, new InputRefusedException(
                reason, "a UID is absent that each stored object has", file.ToString(), missing[0].ToString()));
        }
        catch (DicomFormatException) when (!files.IsPart10(file))
        {
            return (null, new InputRefusedException(InputReasons.NotDicom, "no DICM at byte 128", file.ToString()));
        }
        catch (DicomFormatException e)
        {
            return (null, Damaged(e, file));
        }
        catch (InvalidDataException e)
        {
            return (null, new InputRefusedException(
                InputReasons.Unreadable, "the archive entry is damaged", file.ToString(), null, e));
        }
    }

    internal static InputRefusedException Damaged(DicomFormatException e, InputFile file)
    {
        var place = string.Join(" at ", new[] { e.TagPath, e.Offset is { } at ? $"offset {at}" : null }
            .Where(text => !string.IsNullOrEmpty(text)));
        return new InputRefusedException(
            InputReasons.Unreadable, e.Reason, file.ToString(), place.Length == 0 ? null : place, e);
    }

    private static InputRefusedException NothingFound(IReadOnlyList<string> paths, List<SkippedFile> skipped)
    {
        var cause = skipped.Count == 0 ? "no files" : $"none of {skipped.Count} files is a DICOM object";
        return new InputRefusedException(InputReasons.NoInput, cause, string.Join(", ", paths));
    }
}
