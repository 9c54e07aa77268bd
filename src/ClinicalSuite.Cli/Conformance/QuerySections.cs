using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Query;
using ClinicalSuite.Pipeline.Intake.QueryRetrieve;

namespace ClinicalSuite.Cli.Conformance;

/// <summary>Query/retrieve and worklist: keys at each level and how they are matched (PS3.4 C.2.2, C.6).</summary>
internal static class QuerySections
{
    public static void Write(StatementText text)
    {
        text.Heading(1, "Queries").Heading(2, "Query/retrieve as a provider")
            .Table(["Information model", "C-FIND", "C-MOVE", "C-GET"], QueryAttributes.Models.Select(model =>
                (IReadOnlyList<string>)[$"{model.Top} root", model.Find, model.Move, model.Get]))
            .Paragraph(
                "Extended negotiation of C-FIND: relational queries, combined matching of date and time, fuzzy "
                + "matching of names; of C-MOVE and C-GET: relational retrieval. Names match without case and in "
                + "each of their groups; a Chinese name is found by its characters and by pinyin. An answer is "
                + "in the character set in which the study came if it fits, else in ISO_IR 192. Results that "
                + "were made here are found and retrieved as series of their study; those that a newer version "
                + "has replaced by their own UID only. Every other attribute that stands in the objects may be "
                + "asked for too; at levels above the image that of one object of the study or series is "
                + "returned.");
        foreach (var level in Enum.GetValues<QueryLevel>())
        {
            text.Heading(3, $"{level.ToString().ToUpperInvariant()} level")
                .Table(
                    ["Attribute", "Tag", "VR", "Matching", "Kept in"],
                    QueryAttributes.Of(level).Select(key => Row(level, key.Tag, key.IsIndexed)));
        }

        text.Heading(2, "Modality worklist as a user")
            .Paragraph(
                "`dicom find --worklist` asks for these, and for whatever keys are given with -k; matching is "
                + "the provider's. Answers in any character set of this statement are shown in UTF-8.")
            .Table(AttributeRows.Columns, AttributeRows.Of(Worklist()));
    }

    private static DicomDataset Worklist()
    {
        var identifier = new DicomDataset();
        foreach (var key in DicomFindVerb.WorklistKeys)
        {
            QueryIdentifier.Set(identifier, key + "=");
        }

        return identifier;
    }

    private static IReadOnlyList<string> Row(QueryLevel level, DicomTag tag, bool isIndexed)
    {
        var vr = DicomDictionary.TryFind(tag, out var entry) ? DicomVR.Parse(entry.VR) : DicomVR.UN;
        return
        [
            DicomDictionary.KeywordOf(tag) + (QueryAttributes.UniqueKey(level) == tag ? " (unique key)" : ""),
            tag.ToString(), vr.Code, Matching(vr), isIndexed ? "the database" : "the objects",
        ];
    }

    private static string Matching(DicomVR vr) =>
        vr == DicomVR.SQ ? "sequence, universal"
        : vr == DicomVR.UI ? "single value, list of UIDs, universal"
        : vr == DicomVR.DA || vr == DicomVR.TM || vr == DicomVR.DT ? "single value, range, universal"
        : vr == DicomVR.PN ? "single value, wild card, fuzzy, universal"
        : AttributeMatching.TakesWildcards(vr) ? "single value, wild card, universal"
        : "single value, universal";
}
