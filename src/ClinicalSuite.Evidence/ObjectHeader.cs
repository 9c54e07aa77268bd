using System.Globalization;
using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence;

/// <summary>The modules that every object of ours shares: patient, study, series, equipment, SOP common (PS3.3 A.1.4).</summary>
public static class ObjectHeader
{
    private static readonly Code ProcessingEquipment = new("109102", "DCM", "Processing Equipment");

    /// <summary>A data set with everything but the module of its own kind.</summary>
    /// <param name="description">SeriesDescription.</param>
    public static DicomDataset Create(EvidenceContext context, ObjectSeries series, string description)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(series);
        var source = context.Principal.Header;
        var target = new DicomDataset().AddOrUpdate(DicomTag.SpecificCharacterSet, CharacterSet(context));
        CopiedAttributes.Copy(source, target);
        var names = series.Reference(context);
        var (date, time) = (Date(context), Time(context));
        return target
            .AddOrUpdate(DicomTag.SOPClassUID, names.SopClassUid)
            .AddOrUpdate(DicomTag.SOPInstanceUID, names.SopInstanceUid)
            .AddOrUpdate(DicomTag.StudyInstanceUID, names.StudyUid)
            .AddOrUpdate(DicomTag.SeriesInstanceUID, names.SeriesUid)
            .AddOrUpdate(DicomTag.InstanceCreationDate, date)
            .AddOrUpdate(DicomTag.InstanceCreationTime, time)
            .AddOrUpdate(DicomTag.SeriesDate, date)
            .AddOrUpdate(DicomTag.SeriesTime, time)
            .AddOrUpdate(DicomTag.ContentDate, date)
            .AddOrUpdate(DicomTag.ContentTime, time)
            .AddOrUpdate(DicomTag.Modality, series.Modality)
            .AddOrUpdate(DicomTag.SeriesNumber, series.Number)
            .AddOrUpdate(DicomTag.SeriesDescription, Shorten(description, 64))
            .AddOrUpdate(DicomTag.InstanceNumber, 1)
            .AddOrUpdate(DicomTag.Manufacturer, context.Device.Manufacturer)
            .AddOrUpdate(DicomTag.ManufacturerModelName, context.Device.Model)
            .AddOrUpdate(DicomTag.DeviceSerialNumber, context.Device.SerialNumber)
            .AddOrUpdate(DicomTag.SoftwareVersions, context.Device.SoftwareVersion);
    }

    /// <summary>Which algorithm made it. Its DeviceUID changes with the algorithm's version (IHE AIR asks for it).</summary>
    public static void AddContributingEquipment(DicomDataset target, EvidenceContext context)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(context);
        var analysis = context.Analysis;
        target.AddOrUpdate(DicomTag.ContributingEquipmentSequence, new DicomDataset()
            .AddOrUpdate(DicomTag.PurposeOfReferenceCodeSequence, ProcessingEquipment.ToItem())
            .AddOrUpdate(DicomTag.Manufacturer, context.Device.Manufacturer)
            .AddOrUpdate(DicomTag.ManufacturerModelName, analysis.Id)
            .AddOrUpdate(DicomTag.DeviceSerialNumber, context.Device.SerialNumber)
            .AddOrUpdate(DicomTag.DeviceUID, DicomUID.FromSeed($"algorithm {analysis.Id} {analysis.Version}"))
            .AddOrUpdate(DicomTag.SoftwareVersions, analysis.Version)
            .AddOrUpdate(DicomTag.ContributionDateTime, DateTimeText(context)));
    }

    /// <summary>FrameOfReferenceUID and the type 2 attribute that goes with it.</summary>
    public static void AddFrameOfReference(DicomDataset target, SourceSeries series)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(series);
        target.AddOrUpdate(DicomTag.FrameOfReferenceUID, EvidenceContext.FrameOfReference(series));
        target.AddOrUpdate(
            DicomTag.PositionReferenceIndicator, series.Header.GetStringOrEmpty(DicomTag.PositionReferenceIndicator));
    }

    /// <summary>Says whose 99CLINSUITE is, where it occurs in the object; the last step before it leaves.</summary>
    public static void DeclarePrivateCodes(DicomDataset target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (!UsesPrivateCodes(target))
        {
            return;
        }

        // No CodingSchemeUID: dciodvfy warns of it.
        target.AddOrUpdate(DicomTag.CodingSchemeIdentificationSequence, new DicomDataset()
            .AddOrUpdate(DicomTag.CodingSchemeDesignator, "99CLINSUITE")
            .AddOrUpdate(DicomTag.CodingSchemeName, "ClinicalSuite private codes")
            .AddOrUpdate(DicomTag.CodingSchemeResponsibleOrganization, "ClinicalSuite"));
    }

    /// <summary>DA of the run.</summary>
    public static string Date(EvidenceContext context) => Format(context, "yyyyMMdd");

    /// <summary>TM of the run.</summary>
    public static string Time(EvidenceContext context) => Format(context, "HHmmss");

    /// <summary>DT of the run.</summary>
    public static string DateTimeText(EvidenceContext context) => Format(context, "yyyyMMddHHmmss");

    /// <summary>Text cut to what its VR holds, never within a surrogate pair.</summary>
    public static string Shorten(string text, int characters)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= characters)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[characters - 1]) ? characters - 1 : characters)];
    }

    /// <summary>One study, one character set: the source's own, where it is one that may be written.</summary>
    private static string[] CharacterSet(EvidenceContext context) =>
        WritableCharacterSet((context.CharacterSet ?? context.Order.CharacterSet).Split('\\'));

    /// <summary>A sender's character set in its defined terms; Unicode where it names none, or one that is not known.</summary>
    internal static string[] WritableCharacterSet(IReadOnlyList<string> terms) =>
        SpecificCharacterSet.Canonical(terms) is { Count: > 0 } canonical ? [.. canonical] : [SpecificCharacterSet.Unicode];

    private static bool UsesPrivateCodes(DicomDataset dataset) =>
        dataset.GetStringOrEmpty(DicomTag.CodingSchemeDesignator) == "99CLINSUITE"
        || dataset.OfType<DicomSequence>().Any(sequence => sequence.Items.Any(UsesPrivateCodes));

    private static string Format(EvidenceContext context, string format)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Time.ToString(format, CultureInfo.InvariantCulture);
    }
}
