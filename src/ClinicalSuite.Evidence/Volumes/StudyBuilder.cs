using ClinicalSuite.Dicom;

namespace ClinicalSuite.Evidence.Volumes;

/// <summary>Gathers the headers of one study, file by file, and keeps of each no more than is needed later.</summary>
internal sealed class StudyBuilder
{
    private readonly SortedDictionary<string, SeriesGathering> _series = new(StringComparer.Ordinal);
    private PatientFacts? _patient;
    private StudyFacts? _facts;

    public void Add(DicomDataset header, InputFile file)
    {
        _patient ??= SourceFacts.Patient(header);
        _facts ??= SourceFacts.Study(header);
        var uid = header.GetString(DicomTag.SeriesInstanceUID);
        if (!_series.TryGetValue(uid, out var series))
        {
            _series.Add(uid, series = new SeriesGathering());
        }

        series.Add(header, file);
    }

    public SourceStudy Build() => new()
    {
        Patient = _patient!,
        Facts = _facts!,
        Series = [.. _series.Values.Select(series => series.Build())],
    };

    private sealed class SeriesGathering
    {
        private readonly List<SourceInstance> _instances = [];
        private readonly List<PlaneFacts> _planes = [];
        private DicomDataset? _header;
        private (int Number, string Uid) _headerRank;

        public void Add(DicomDataset header, InputFile file)
        {
            var isImage = header.TryGetInt(DicomTag.Rows, out _);
            var instance = new SourceInstance
            {
                File = file,
                SopClassUid = header.GetString(DicomTag.SOPClassUID),
                SopInstanceUid = header.GetString(DicomTag.SOPInstanceUID),
                Number = header.TryGetInt(DicomTag.InstanceNumber, out var number) ? number : null,
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
                (_header, _headerRank) = (header, rank);
            }
        }

        public SourceSeries Build()
        {
            var geometry = VolumeAssembly.Assemble(_planes, out var slices, out var problem);
            return new SourceSeries
            {
                Manifest = SourceFacts.Series(_header!, _instances.Count, geometry, problem),
                Instances = [.. _instances
                    .OrderBy(instance => instance.Number ?? int.MaxValue)
                    .ThenBy(instance => instance.SopInstanceUid, StringComparer.Ordinal)],
                Slices = slices,
                FrameOfReferenceUid = _header!.GetStringOrEmpty(DicomTag.FrameOfReferenceUID),
                Header = _header!,
            };
        }

        /// <summary>Segmentations and maps have planes as well, but several per position: they are read by their own readers.</summary>
        private static bool IsVolumeImage(SourceInstance instance) =>
            instance.Frames > 0
            && instance.SopClassUid is not (DicomUID.SegmentationStorage
                or DicomUID.ParametricMapStorage or DicomUID.SecondaryCaptureImageStorage
                or DicomUID.MultiFrameTrueColorSecondaryCaptureImageStorage);
    }
}
