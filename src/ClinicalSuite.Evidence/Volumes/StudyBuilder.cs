using ClinicalSuite.Dicom;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Volumes;

/// <summary>Gathers the headers of one study, file by file, and keeps of each no more than is needed later.</summary>
internal sealed class StudyBuilder
{
    private static readonly Code IdentityDiffers =
        new("IDENTITY-DIFFERS", "99CLINSUITE", "Objects of the study name different patients");

    private readonly SortedDictionary<string, SeriesGathering> _series = new(StringComparer.Ordinal);
    private readonly OptionalAttributes _optional = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _issuers = new(StringComparer.Ordinal);
    private DicomDataset? _first;

    /// <exception cref="DicomFormatException">An attribute that cannot be done without is unreadable.</exception>
    public void Add(DicomDataset header, InputFile file)
    {
        _first ??= header;
        Note(_ids, header.GetStringOrEmpty(DicomTag.PatientID));
        Note(_issuers, header.GetStringOrEmpty(DicomTag.IssuerOfPatientID));
        var uid = header.GetString(DicomTag.SeriesInstanceUID);
        if (!_series.TryGetValue(uid, out var series))
        {
            _series.Add(uid, series = new SeriesGathering(_optional));
        }

        series.Add(header, file);

        // An ID that is absent here and there contradicts nothing.
        static void Note(HashSet<string> seen, string value)
        {
            if (value.Length > 0)
            {
                seen.Add(value);
            }
        }
    }

    /// <exception cref="InputRefusedException">An attribute that cannot be done without is unreadable.</exception>
    public SourceStudy Build()
    {
        List<SourceSeries> series = [.. _series.Values.Select(series => series.Build())];
        return new SourceStudy
        {
            Patient = SourceFacts.Patient(_first!),
            Facts = SourceFacts.Study(_first!),
            Series = series,
            HasContradictoryIdentity = _ids.Count > 1 || _issuers.Count > 1,
            Notes = [.. Identity(), .. _optional.Notes],
        };
    }

    private IEnumerable<QualityNote> Identity()
    {
        if (_ids.Count > 1)
        {
            yield return new QualityNote(
                IdentityDiffers, QualitySeverity.Warning, $"{_ids.Count} different Patient IDs among the objects of the study");
        }
        else if (_issuers.Count > 1)
        {
            yield return new QualityNote(
                IdentityDiffers, QualitySeverity.Warning, $"{_issuers.Count} different issuers of the Patient ID among the objects");
        }
    }

    private sealed class SeriesGathering(OptionalAttributes optional)
    {
        private readonly List<SourceInstance> _instances = [];
        private readonly List<PlaneFacts> _planes = [];
        private DicomDataset? _header;
        private InputFile? _headerFile;
        private (int Number, string Uid) _headerRank;

        public void Add(DicomDataset header, InputFile file)
        {
            var isImage = header.TryGetInt(DicomTag.Rows, out _);
            var instance = new SourceInstance
            {
                File = file,
                SopClassUid = header.GetString(DicomTag.SOPClassUID),
                SopInstanceUid = header.GetString(DicomTag.SOPInstanceUID),
                Number = optional.WholeNumber(header, DicomTag.InstanceNumber),
                Frames = !isImage ? 0 : header.TryGetInt(DicomTag.NumberOfFrames, out var frames) ? frames : 1,
            };
            _instances.Add(instance);
            if (IsVolumeImage(instance))
            {
                _planes.AddRange(PlaneReader.Planes(header, instance));
            }

            // The header of the first image stands for the series, whatever the order of files.
            var rank = (instance.Number ?? int.MaxValue, instance.SopInstanceUid);
            if (_header is null || Comparer<(int, string)>.Default.Compare(rank, _headerRank) < 0)
            {
                (_header, _headerFile, _headerRank) = (header, file, rank);
            }
        }

        public SourceSeries Build()
        {
            var geometry = VolumeAssembly.Assemble(_planes, out var slices, out var problem);
            try
            {
                // Results take patient and study from this header: it must be readable.
                _ = SourceFacts.Patient(_header!);
                _ = SourceFacts.Study(_header!);
                return new SourceSeries
                {
                    Manifest = SourceFacts.Series(_header!, _instances.Count, geometry, problem, optional),
                    Instances = [.. _instances
                        .OrderBy(instance => instance.Number ?? int.MaxValue)
                        .ThenBy(instance => instance.SopInstanceUid, StringComparer.Ordinal)],
                    Slices = slices,
                    FrameOfReferenceUid = _header!.GetStringOrEmpty(DicomTag.FrameOfReferenceUID),
                    Header = _header!,
                };
            }
            catch (DicomFormatException e)
            {
                throw StudyReader.Damaged(e, _headerFile!);
            }
        }

        /// <summary>Segmentations and maps have planes as well, but several per position: they are read by their own readers.</summary>
        private static bool IsVolumeImage(SourceInstance instance) =>
            instance.Frames > 0
            && instance.SopClassUid is not (DicomUID.SegmentationStorage
                or DicomUID.ParametricMapStorage or DicomUID.SecondaryCaptureImageStorage
                or DicomUID.MultiFrameTrueColorSecondaryCaptureImageStorage);
    }
}
