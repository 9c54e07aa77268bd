using System.Text;

namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>One object on its way to being de-identified. The new data set is built up: what nothing admits is not in it.</summary>
internal sealed class ObjectTreatment
{
    private readonly DeidentificationPlan plan;
    private readonly DicomDataset source;
    private readonly PatientPseudonym patient;
    private readonly KnownIdentity identity;
    private readonly PrivateSafety safety;

    public ObjectTreatment(DeidentificationPlan plan, DicomDataset source, PatientPseudonym patient)
    {
        this.plan = plan;
        this.source = source;
        this.patient = patient;
        identity = KnownIdentity.Of(source, plan.Options);
        safety = new PrivateSafety(source, plan.SafePrivate);
    }

    private bool KeepsDates => Has(DeidentificationOptions.RetainFullDates);

    public DicomDataset Run(bool isRedacted)
    {
        var treated = Treat(source, TypeScope.Of(source.GetStringOrEmpty(DicomTag.SOPClassUID)), isContent: false);
        treated.SourceSyntax = source.SourceSyntax;
        if (!Ascii.IsValid(patient.PatientId + patient.PatientName))
        {
            // The name that the site has chosen need not fit in the character set of the old one.
            treated.AddOrUpdate(DicomTag.SpecificCharacterSet, SpecificCharacterSet.Unicode);
        }

        DeidentificationRecord.Write(treated, plan, isRedacted);
        return treated;
    }

    /// <param name="scope">Types of the attributes there; null where they are not known.</param>
    /// <param name="isContent">True within content that is being cleaned: its free text is cleaned as descriptors are.</param>
    private DicomDataset Treat(DicomDataset from, TypeScope? scope, bool isContent)
    {
        var to = new DicomDataset();
        foreach (var element in from)
        {
            if (element.Tag.IsGroupLength || element.Tag.Group < 0x0008)
            {
                continue;
            }

            if (element.Tag.IsPrivate)
            {
                TreatPrivate(from, element, to);
            }
            else if (TreatStandard(element, scope, isContent) is { } rest)
            {
                to.AddOrUpdate(rest);
            }
        }

        return to;
    }

    private void TreatPrivate(DicomDataset from, DicomElement element, DicomDataset to)
    {
        if (!Has(DeidentificationOptions.RetainSafePrivate) || !safety.IsSafe(from, element.Tag))
        {
            return;
        }

        var vr = element.VR == DicomVR.UN ? DicomDictionary.Resolve(element.Tag, from) : element.VR;
        if (Apply(ByVr(element.Tag, vr), element, scope: null, isContent: false) is { } rest)
        {
            to.AddOrUpdate(from.GetElement(element.Tag.PrivateCreatorTag)).AddOrUpdate(rest);
        }
    }

    private DicomElement? TreatStandard(DicomElement element, TypeScope? scope, bool isContent)
    {
        if (element.Tag == DicomTag.PatientID || element.Tag == DicomTag.PatientName)
        {
            return new TextElement(
                element.Tag, element.Tag == DicomTag.PatientID ? DicomVR.LO : DicomVR.PN,
                [element.Tag == DicomTag.PatientID ? patient.PatientId : patient.PatientName]);
        }

        return Apply(ActionFor(element, scope), element, scope, isContent);
    }

    private ElementAction ActionFor(DicomElement element, TypeScope? scope)
    {
        var isUnknown = element.VR == DicomVR.UN;
        if (ConfidentialityTable.Find(element.Tag) is { } row)
        {
            var vr = isUnknown ? DicomDictionary.Resolve(element.Tag, source) : element.VR;
            var action = row.Resolve(element.Tag, vr, scope?.TypeOf(element.Tag), plan.Options);
            // Bytes whose form nobody has said can be dropped or replaced, not read.
            return isUnknown && action is not (ElementAction.Empty or ElementAction.Replace or ElementAction.MapUid)
                ? ElementAction.Remove
                : action;
        }

        return isUnknown || !IsWhatItShouldBe(element) ? ElementAction.Remove : ByVr(element.Tag, element.VR);
    }

    /// <summary>Known, and text where it should be: text in a number's place would pass unread.</summary>
    private static bool IsWhatItShouldBe(DicomElement element) => DicomDictionary.TryFind(element.Tag, out var entry)
        && entry.VR.Length >= 2 && DicomVR.Find(entry.VR[0], entry.VR[1])?.IsText == element.VR.IsText;

    /// <summary>Attributes that table E.1-1 does not name, and private ones that are safe: by the kind of their value.</summary>
    private ElementAction ByVr(DicomTag tag, DicomVR vr)
    {
        if (tag == DicomTag.PrivateDataElementCharacteristicsSequence)
        {
            // It speaks of private attributes, which are there only where they are retained.
            return Has(DeidentificationOptions.RetainSafePrivate) ? ElementAction.Keep : ElementAction.Remove;
        }

        if (BeyondTheTable.IsRemoved(tag) || (vr == DicomVR.UR && tag != DicomTag.CodingSchemeURL))
        {
            return ElementAction.Remove;
        }

        if (tag == DicomTag.RadiationMachineName)
        {
            // Type 2 in RT images; the table names the machine of the plan only.
            return Has(DeidentificationOptions.RetainDeviceIdentity) ? ElementAction.Keep : ElementAction.Empty;
        }

        if (tag == DicomTag.UnformattedTextValue)
        {
            // A note on a waveform or a picture, written by hand.
            return Has(DeidentificationOptions.CleanGraphics) ? ElementAction.Clean : ElementAction.Replace;
        }

        if (vr == DicomVR.ST || vr == DicomVR.LT || vr == DicomVR.UT)
        {
            return ElementAction.Clean;
        }

        if (vr == DicomVR.PN)
        {
            return ElementAction.Replace;
        }

        if (ConfidentialityRow.IsDate(vr))
        {
            return KeepsDates ? ElementAction.Keep
                : Has(DeidentificationOptions.RetainModifiedDates) ? ElementAction.ShiftDate
                : ElementAction.Replace;
        }

        if (vr == DicomVR.AE)
        {
            return Has(DeidentificationOptions.RetainDeviceIdentity) ? ElementAction.Alias : ElementAction.Replace;
        }

        return vr == DicomVR.UI && !UidKinds.Holds(tag) && !Has(DeidentificationOptions.RetainUids)
            ? ElementAction.MapUid
            : ElementAction.Keep;
    }

    private DicomElement? Apply(ElementAction action, DicomElement element, TypeScope? scope, bool isContent) => action switch
    {
        ElementAction.Remove => null,
        ElementAction.Empty => Empty(element),
        ElementAction.Replace => Replace(element, scope),
        ElementAction.MapUid => MapUids(element),
        ElementAction.ShiftDate => ShiftDates(element),
        ElementAction.Alias => Text(element, title => "AE" + plan.Key.Pseudonym("ae", title)),
        ElementAction.Clean => Keep(element, scope, isContent: true),
        _ => Keep(element, scope, isContent),
    };

    private DicomElement Keep(DicomElement element, TypeScope? scope, bool isContent)
    {
        if (element is DicomSequence sequence)
        {
            var inner = scope?.Inside(element.Tag);
            return new DicomSequence(
                element.Tag, sequence.Items.Select(item => Treat(item, inner, isContent || IsContent(element.Tag))));
        }

        if (element.Tag == DicomTag.PatientAge || element.Tag == DicomTag.SelectorASValue)
        {
            return Text(element, CapAge);
        }

        var isFree = element.VR == DicomVR.LO || element.VR == DicomVR.SH || element.VR == DicomVR.ST
            || element.VR == DicomVR.LT || element.VR == DicomVR.UT || element.VR == DicomVR.UC;
        if (!isFree || element.IsEmpty || IsVocabulary(element.Tag))
        {
            return element;
        }

        // Whatever stays, nobody whom the object knows is named in it.
        return isContent
            ? Text(element, text => identity.Clean(text, KeepsDates))
            : Text(element, identity.RemoveFrom);
    }

    /// <summary>Codes name concepts; their characters may happen to be a patient's number.</summary>
    private static bool IsVocabulary(DicomTag tag) => tag == DicomTag.CodeValue || tag == DicomTag.CodingSchemeDesignator
        || tag == DicomTag.CodingSchemeVersion || tag == DicomTag.LongCodeValue;

    /// <summary>Sequences that hold content, however one comes to them.</summary>
    private static bool IsContent(DicomTag tag) => tag == DicomTag.ContentSequence || tag == DicomTag.TextObjectSequence;

    private DicomElement Text(DicomElement element, Func<string, string> change)
    {
        var before = source.TextOf(element);
        var after = before.Select(value => value.Length == 0 ? value : change(value)).ToArray();
        if (before.SequenceEqual(after))
        {
            return element;
        }

        // Nothing left of it: a value that must be there still is.
        return new TextElement(element.Tag, TextVr(element), after.All(value => value.Length == 0) ? [DummyValue.Text] : after);
    }

    private DicomVR TextVr(DicomElement element) =>
        element.VR.IsText ? element.VR : DicomDictionary.Resolve(element.Tag, source) is { IsText: true } vr ? vr : DicomVR.LO;

    private static DicomElement Empty(DicomElement element) => element.VR == DicomVR.SQ
        ? new DicomSequence(element.Tag)
        : new BytesElement(element.Tag, element.VR, ReadOnlyMemory<byte>.Empty);

    private DicomElement Replace(DicomElement element, TypeScope? scope) => element switch
    {
        { VR.Code: "UI" } => MapUids(element),
        DicomSequence { Tag: var tag } when tag == DicomTag.ContentSequence => new DicomSequence(tag, DummyValue.Content()),
        DicomSequence sequence => new DicomSequence(sequence.Tag, sequence.Items.Select(item => ReplaceAll(item, scope?.Inside(sequence.Tag)))),
        _ => DummyValue.Of(element),
    };

    /// <summary>The items of a sequence whose content must go and which must have some (PS3.15 E.1, D).</summary>
    private DicomDataset ReplaceAll(DicomDataset from, TypeScope? scope)
    {
        var to = new DicomDataset();
        foreach (var element in from.Where(element => !element.Tag.IsPrivate && !element.Tag.IsGroupLength))
        {
            var action = ActionFor(element, scope);
            var rest = element.Tag == DicomTag.SpecificCharacterSet ? element
                : action is ElementAction.Remove or ElementAction.Empty ? Apply(action, element, scope, isContent: false)
                : element.VR == DicomVR.UI && UidKinds.Holds(element.Tag) ? element
                : Replace(element, scope);
            if (rest is not null)
            {
                to.AddOrUpdate(rest);
            }
        }

        return to;
    }

    private DicomElement MapUids(DicomElement element) => element.VR == DicomVR.UI || element.VR == DicomVR.UN
        ? Text(element, uid => UidKinds.IsRegistered(uid) ? uid : plan.Key.MapUid(uid))
        : DummyValue.Of(element);

    /// <summary>A date that cannot be read cannot be moved: it is replaced.</summary>
    private DicomElement ShiftDates(DicomElement element) => element.IsEmpty
        ? element
        : Text(element, value => DateShift.Move(value, element.VR, patient.ShiftDays)
            ?? source.TextOf(DummyValue.Of(element.Tag, element.VR))[0]);

    /// <summary>There are few people above 89 (PS3.15 E.3.7; 45 CFR 164.514).</summary>
    private static string CapAge(string age) =>
        age.Length == 4 && age[3] == 'Y' && int.TryParse(age.AsSpan(0, 3), out var years) && years > 89 ? "090Y" : age;

    private bool Has(DeidentificationOptions option) => (plan.Options & option) != 0;
}
