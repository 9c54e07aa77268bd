using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Images;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Clinic.Tests.Documents;

/// <summary>A run on a study of 王小东 and what it found, as documents are told of it.</summary>
internal static class SampleRun
{
    private const string SourceSeriesUid = "2.25.77";

    public static readonly AnalysisResult.NotAssessable Refused = new(
        new Code("NO-CONTRAST", "99CLINSUITE", "No contrast agent seen in the vessels"),
        "vessels brighter than the liver fill 0.08 % of it, needed 0.3 %")
    {
        Quality = [new QualityNote(Own("LOW-SNR", "Noise high"), QualitySeverity.Note, "noise 31 HU in the liver")],
    };

    private static readonly Code Liver = new("10200004", "SCT", "Liver");
    private static readonly Code Structure = new("91723000", "SCT", "Anatomical Structure");
    private static readonly Code Volume = new("118565006", "SCT", "Volume");
    private static readonly Code Attenuation = new("112031", "DCM", "Attenuation Coefficient");

    public static EvidenceContext Context(DocumentLanguage language = DocumentLanguage.English, string patientId = "P0001")
    {
        var header = Header(patientId);
        var series = new SourceSeries
        {
            Manifest = new SeriesManifest
            {
                SeriesUid = SourceSeriesUid,
                Modality = "CT",
                InstanceCount = 119,
                Description = "腹部增强 Portal 1.6 mm",
            },
            Instances =
            [
                .. Enumerable.Range(1, 119).Select(number => new SourceInstance
                {
                    File = new InputFile($"ct{number}.dcm"),
                    SopClassUid = DicomUID.CTImageStorage,
                    SopInstanceUid = $"2.25.77{number:D3}",
                    Number = number,
                    Frames = 1,
                }),
            ],
            Header = header,
        };
        return new EvidenceContext
        {
            RunId = "5f0c2a9e-77d1-4a53-9e3a-0c1f5a0b7711",
            Analysis = new SampleAnalysis(),
            Study = new SourceStudy
            {
                Patient = new PatientFacts { Id = patientId },
                Facts = new StudyFacts { StudyUid = "2.25.7" },
                Series = [series],
            },
            Series = new Dictionary<string, SourceSeries> { ["portal"] = series },
            Device = new DeviceIdentity { SerialNumber = "CS-0001", SoftwareVersion = "0.1.0", Uid = "2.25.99" },
            Time = new DateTimeOffset(2026, 1, 2, 10, 15, 0, TimeSpan.FromHours(8)),
            Language = language,
        };
    }

    public static AnalysisResult.Completed Completed() => new()
    {
        Measurements =
        [
            Value("liver-volume", Volume, 1860.64, Units.CubicCentimetre, 1) with { Uncertainty = 21.5 },
            Value("parenchyma-attenuation", Attenuation, 112.34, Units.Hounsfield, 1) with { OfWholeSegment = false },
            Value("vessel-volume", Volume, 96.2, Units.CubicCentimetre, 2) with { Uncertainty = 8.4 },
            Value("vessel-attenuation", Attenuation, 171.04, Units.Hounsfield, 2),
            Value("vessel-volume-ratio", new Code("118586006", "SCT", "Ratio"), 5.17, Units.Percent, 2) with { Decimals = 2 },
            Value("portal-diameter", new Code("397413000", "SCT", "Vessel lumen diameter"), null, Units.Millimetre, 2) with
            {
                Missing = new Code("114006", "DCM", "Measurement failure"),
            },
            Value("lowest-attenuation", Attenuation, -12.5, Units.Hounsfield, null) with
            {
                Derivation = new Code("255605001", "SCT", "Minimum"),
            },
        ],
        Segments = new SegmentMap
        {
            SeriesRole = "portal",
            Labels = new Imaging.Volume<byte>(Grid()),
            Segments =
            [
                new Segment
                {
                    Number = 1,
                    Label = "Liver",
                    ExclusiveLabel = "Liver without vessels",
                    Type = Liver,
                    Category = Structure,
                    Region = Liver,
                    Includes = [2],
                    Color = new Rgb(221, 130, 101),
                    Source = "SEG 2.25.4711 by Vendor X (file liver.dcm)",
                },
                new Segment
                {
                    Number = 2,
                    Label = "Hepatic vasculature",
                    Type = Own("HEP-VESSELS", "Hepatic vasculature, portal and hepatic veins"),
                    Category = Structure,
                    Region = Liver,
                    Color = new Rgb(0, 151, 206),
                },
            ],
        },
        Assessments =
        [
            new Assessment
            {
                Name = "contrast-phase",
                Concept = Own("CONTRAST-PHASE", "Contrast phase"),
                Category = Own("PORTAL-VENOUS", "Portal venous"),
            },
            new Assessment
            {
                Name = "portal-hypertension",
                Concept = Own("CSPH-CATEGORY", "Clinically significant portal hypertension"),
                Probability = 0.73,
                Interval = (0.61, 0.82),
                Contributions = [("liver-volume", 0.31), ("vessel-volume-ratio", -0.12)],
            },
        ],
        Figures = [SampleFigures.LiverCoronal()],
        Quality =
        [
            new QualityNote(Own("GIVEN-LABEL", "Region given from outside"), QualitySeverity.Note, "liver from SEG 2.25.4711"),
            new QualityNote(
                Own("ANATOMY-CUT", "Organ cut off at the edge of the scan"),
                QualitySeverity.Warning,
                "the liver touches the end of the scan with 4.1 ml: its volume is a lower bound (CNR 2.9 < 3.0 | ^ & ~ \\)"),
        ],
        Parameters = ["noiseLimitSd=3.5", "heightShare=0.5", "noiseSdHu=11.32", "vesselContrastHu=58.7"],
    };

    private static Measurement Value(string name, Code concept, double? value, Code unit, int? segment) => new()
    {
        Name = name,
        Concept = concept,
        Value = value,
        Unit = unit,
        SegmentNumber = segment,
        Method = "voxel count 1",
    };

    private static Code Own(string value, string meaning) => new(value, "99CLINSUITE", meaning);

    private static Imaging.VolumeGeometry Grid() => Imaging.VolumeGeometry.Axial(4, 4, 4, 1, 1, 1, new Imaging.Point3(0, 0, 0));

    private static DicomDataset Header(string patientId)
    {
        var header = new DicomDataset()
            .AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192")
            .AddOrUpdate(DicomTag.PatientName, "Wang^Xiaodong=王^小东")
            .AddOrUpdate(DicomTag.PatientBirthDate, "19700101")
            .AddOrUpdate(DicomTag.PatientSex, "M")
            .AddOrUpdate(DicomTag.PatientAge, "056Y")
            .AddOrUpdate(DicomTag.StudyInstanceUID, "2.25.7")
            .AddOrUpdate(DicomTag.SeriesInstanceUID, SourceSeriesUid)
            .AddOrUpdate(DicomTag.StudyDate, "20260102")
            .AddOrUpdate(DicomTag.StudyTime, "093000")
            .AddOrUpdate(DicomTag.StudyID, "S1")
            .AddOrUpdate(DicomTag.AccessionNumber, "A0001")
            .AddOrUpdate(DicomTag.ReferringPhysicianName, "Li^Wei")
            .AddOrUpdate(DicomTag.StudyDescription, "腹部增强 CT")
            .AddOrUpdate(DicomTag.PlacerOrderNumberImagingServiceRequest, "PL1")
            .AddOrUpdate(DicomTag.FillerOrderNumberImagingServiceRequest, "FI1")
            .AddOrUpdate(DicomTag.RequestedProcedureID, "RP1")
            .AddOrUpdate(DicomTag.ImageComments, SyntheticStudy.Remark);
        return patientId.Length > 0
            ? header.AddOrUpdate(DicomTag.PatientID, patientId).AddOrUpdate(DicomTag.IssuerOfPatientID, "PHANTOM")
            : header;
    }
}
