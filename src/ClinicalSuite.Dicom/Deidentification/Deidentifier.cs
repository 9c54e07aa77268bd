using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>
/// De-identification by the Basic Application Level Confidentiality Profile and its options (PS3.15 Annex E), object by object.
/// Same key, same replacements: references between objects hold, in this run and in later ones.
/// </summary>
public sealed class Deidentifier
{
    private static readonly string[] Documents =
    [
        DicomUID.EncapsulatedPDFStorage, DicomUID.EncapsulatedCDAStorage, DicomUID.EncapsulatedSTLStorage,
        DicomUID.EncapsulatedOBJStorage, DicomUID.EncapsulatedMTLStorage,
    ];

    private static readonly string[] Speech =
        [DicomUID.BasicVoiceAudioWaveformStorage, DicomUID.GeneralAudioWaveformStorage];

    private readonly DeidentificationPlan plan;

    /// <exception cref="ArgumentException">Dates cannot both stay and move.</exception>
    public Deidentifier(DeidentificationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        const DeidentificationOptions Both = DeidentificationOptions.RetainFullDates | DeidentificationOptions.RetainModifiedDates;
        if ((plan.Options & Both) == Both)
        {
            throw new ArgumentException("Dates are retained in full or modified, not both.", nameof(plan));
        }

        this.plan = plan;
    }

    /// <summary>Treats one object, which stays as it is. Large values are not read into memory.</summary>
    /// <param name="scratchFile">Where decoded frames lie while they are needed; made only where pixels are blanked.</param>
    /// <exception cref="DicomFormatException">A value cannot be read, or pixels that must be blanked cannot be decoded.</exception>
    public DeidentificationOutcome Apply(DicomDataset source, string scratchFile)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (Refusal(source) is { } reason)
        {
            return new DeidentificationOutcome.Refused(reason);
        }

        var (mask, refusal) = PixelJudgement.Judge(source, plan);
        if (refusal is not null)
        {
            return new DeidentificationOutcome.Refused(refusal);
        }

        if (PatientOf(source) is not { } patient)
        {
            return new DeidentificationOutcome.Refused("its patient is not in the list of pseudonyms");
        }

        if (SyntaxOf(source) is not { } syntax)
        {
            return new DeidentificationOutcome.Refused("(7FE0,0010) is encapsulated, and its transfer syntax is of native pixels");
        }

        var pixels = source;
        var hasHiddenOverlay = HasOverlayInPixels(source);
        if (mask is not null || hasHiddenOverlay)
        {
            pixels = DicomPixelData.Create(source).Redact(mask, hasHiddenOverlay, scratchFile);
            if (syntax.IsEncapsulated)
            {
                syntax = DicomPixelData.CanEncode(syntax) ? syntax : DicomTransferSyntax.ExplicitVRLittleEndian;
                pixels = DicomPixelData.Encode(pixels, syntax);
            }
        }

        var treated = new ObjectTreatment(plan, pixels, patient).Run(mask is not null);
        return new DeidentificationOutcome.Done(treated, syntax, mask is not null);
    }

    /// <summary>The syntax the object can be written in, its own wherever that is possible; null where its pixels belie it.</summary>
    private static DicomTransferSyntax? SyntaxOf(DicomDataset source)
    {
        var syntax = source.SourceSyntax ?? DicomTransferSyntax.ExplicitVRLittleEndian;
        var pixels = source.TryGetElement(DicomTag.PixelData, out var element) ? element : null;
        return pixels is DicomFragmentSequence && !syntax.IsEncapsulated ? null
            : !syntax.IsLittleEndian || (syntax.IsEncapsulated && pixels is not (null or DicomFragmentSequence))
                ? DicomTransferSyntax.ExplicitVRLittleEndian
                : syntax;
    }

    /// <summary>What no treatment makes safe, or what is no object that can be written.</summary>
    private static string? Refusal(DicomDataset source)
    {
        var sopClass = source.GetStringOrEmpty(DicomTag.SOPClassUID);
        if (source.Contains(DicomTag.DirectoryRecordSequence) || sopClass == DicomUID.MediaStorageDirectoryStorage)
        {
            return "a DICOMDIR lists other files; a new one can be made of those written";
        }

        if (!Uid.IsWellFormed(sopClass) || !Uid.IsWellFormed(source.GetStringOrEmpty(DicomTag.SOPInstanceUID)))
        {
            return "it has no SOP class or no SOP instance UID";
        }

        if (Documents.Contains(sopClass) || source.Contains(DicomTag.EncapsulatedDocument))
        {
            return "the text and pictures of an encapsulated document cannot be cleaned";
        }

        return Speech.Contains(sopClass) ? "recorded speech cannot be cleaned: a voice is known by itself" : null;
    }

    /// <summary>Null where a list of pseudonyms is given and lacks the patient.</summary>
    private PatientPseudonym? PatientOf(DicomDataset source)
    {
        var id = source.GetStringOrEmpty(DicomTag.PatientID);
        var name = source.GetStringOrEmpty(DicomTag.PatientName);
        // Patients without a number are told apart by name and birth date, those without either by their study.
        var who = id.Length > 0 ? $"id\0{id}\0{source.GetStringOrEmpty(DicomTag.IssuerOfPatientID)}"
            : name.Length > 0 ? $"name\0{name}\0{source.GetStringOrEmpty(DicomTag.PatientBirthDate)}"
            : $"study\0{source.GetStringOrEmpty(DicomTag.StudyInstanceUID)}";
        var days = plan.Key.ShiftDays(who);
        if (plan.Patients is null)
        {
            var pseudonym = "ANON-" + plan.Key.Pseudonym("patient", who);
            return new PatientPseudonym(pseudonym, pseudonym, days);
        }

        return plan.Patients.Find(id) is { } given ? new PatientPseudonym(given.Id, given.Name, given.Days ?? days) : null;
    }

    /// <summary>An overlay without data of its own lies in free bits of the pixels.</summary>
    private static bool HasOverlayInPixels(DicomDataset source) => source.Any(element =>
        element.Tag.Element == DicomTag.OverlayBitPosition.Element && (element.Tag.Group & 0xFF01) == 0x6000
        && source.TryGetInt(element.Tag, out var position) && position > 0
        && !source.Contains(new DicomTag(element.Tag.Group, DicomTag.OverlayData.Element)))
        && source.Contains(DicomTag.PixelData);
}
