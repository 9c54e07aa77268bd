using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Web;
using ClinicalSuite.Server.DicomWeb;

namespace ClinicalSuite.Cli.Conformance;

/// <summary>The studies web service (PS3.18 10) as origin server and as user agent.</summary>
internal static class WebSections
{
    public static void Write(StatementText text, ConformanceFacts facts)
    {
        Retrieve(text, facts);
        StoreAndSearch(text);
        Answers(text);
    }

    private static void Retrieve(StatementText text, ConformanceFacts facts) =>
        text.Heading(1, "Web services").Heading(2, "Resources of the origin server")
            .Table(["Method", "Target", "Transaction", "Media types of the answer"], facts.Resources
                .OrderBy(row => row.Path, StringComparer.Ordinal).ThenBy(row => row.Method, StringComparer.Ordinal).Select(Resource))
            .Paragraph(
                "The query parameter `accept` counts before the header. XML is not spoken. `HEAD` is not "
                + "served. One instance in its own syntax can be had in ranges and with a validator; no answer "
                + "may be kept by shared caches.")
            .Heading(2, "Retrieve")
            .Paragraph(
                "Instances come as `application/dicom`, in parts, in the transfer syntax that "
                + "`transfer-syntax` names if they can be had in it; `*` is as they are stored; without a name "
                + "explicit VR little endian is meant, and what cannot be decoded comes as it is. Frames come as "
                + "`application/octet-stream` in explicit VR little endian, or as they are stored in the media "
                + $"types below. Rendered frames come as `{DicomMediaTypes.Jpeg}` or `{DicomMediaTypes.Png}`, "
                + "with `window`, `viewport` (width and height) and `quality`.")
            .Table(
                ["Media type of a compressed frame", "Transfer syntaxes", "Also asked for as"],
                DicomMediaTypes.CompressedFrames.Select(row => (IReadOnlyList<string>)
                [
                    row.MediaType, string.Join(", ", row.Syntaxes.Select(DicomUID.NameOf)), string.Join(", ", row.FormerNames),
                ]));

    private static void StoreAndSearch(StatementText text)
    {
        text.Heading(2, "Store")
            .Paragraph(
                "`multipart/related; type=\"application/dicom\"`, each part a file of PS3.10; metadata with "
                + "bulk data apart are not taken. Every storage SOP class and transfer syntax is. Each instance "
                + "is on the device before the answer names it; what was kept stays kept, whatever becomes of "
                + $"the rest. At most {DicomWebResources.MostStoring} requests store at a time. Failure reasons "
                + "are the codes of C-STORE, with words in Error Comment (0000,0902).")
            .Heading(2, "Search")
            .Paragraph(
                "Parameters: attributes by keyword or tag, also within sequences (`a.b`), with single values, "
                + "wild cards, ranges and lists of UIDs; `includefield` (attributes or `all`), `fuzzymatching`, "
                + $"`limit` ({DicomWebResources.UsualResults} where none is given, "
                + $"{DicomWebResources.MostResults} at most) and `offset`. Every attribute that C-FIND matches at "
                + "the level is matched here, and every other that the objects have; one that cannot be judged "
                + "at the level is named in a Warning. An answer that was cut says so in a Warning. Returned "
                + "without being asked for, beside Instance Availability and Retrieve URL:");
        foreach (var (level, tags) in DicomWebResources.Returned)
        {
            text.Paragraph($"**{level}**: " + string.Join(", ", tags.Select(tag => $"{DicomDictionary.KeywordOf(tag)} {tag}")));
        }
    }

    private static void Answers(StatementText text) =>
        text.Heading(2, "Status codes")
            .Table(["Code", "When"],
            [
                ["200", "done"],
                ["202", "store: some instances were kept, some not; the body says which"],
                ["204", "search: nothing matches"],
                ["206", "a range of an instance or of bulk data"],
                ["304", "unchanged since the validator that was shown"],
                [
                    "400",
                    "a parameter, an address or a body that is not as PS3.18 says; the text says what would be right",
                ],
                ["401, 403", "no token or a wrong one; a token without the scope"],
                ["404", "no such object, frame or bulk data"],
                ["406", "none of the media types or transfer syntaxes can be had; the text names those that can"],
                ["409", "store: no instance was kept; the body says why"],
                ["413", "store: the body is larger than the setting"],
                ["415", "store: another media type, or a compressed body"],
                ["421", "a host name that is not this machine's, where nobody has to sign in"],
                ["503", "store: too many requests at this moment, with Retry-After"],
                ["507", "store: no space on the disk, with Retry-After"],
                ["500", "a stored object cannot be read; the text has tag and offset"],
            ])
            .Heading(2, "User agent")
            .Paragraph(
                "Results go to the services of the setting `dicomWeb` by STOW-RS, in one request for a run, "
                + "with a bearer token or a name and password, over TLS with the authorities of the system or of "
                + "a file. They count as delivered when QIDO-RS finds them. 408, 429 and 5xx but 501 are tried "
                + "again with growing pauses; so is a failure reason of A7xxH; other answers stop and are shown. "
                + "Redirections are not followed.");

    private static IReadOnlyList<string> Resource((string Method, string Path) resource)
    {
        const string pictures = $"{DicomMediaTypes.Jpeg}, {DicomMediaTypes.Png}";
        var (transaction, media) = (resource.Method, Last(resource.Path)) switch
        {
            ("POST", _) => ("Store", DicomMediaTypes.DicomJson),
            (_, "metadata") => ("Retrieve metadata", DicomMediaTypes.DicomJson),
            (_, "rendered") => ("Retrieve rendered", pictures),
            (_, "thumbnail") => ("Retrieve thumbnail", pictures),
            (_, "{**path}") => ("Retrieve bulk data", $"{DicomMediaTypes.OctetStream}, also in parts"),
            (_, "{frames}") => ("Retrieve frames", $"{DicomMediaTypes.OctetStream} or compressed, in parts; one frame also alone"),
            (_, "{instance}") => ("Retrieve", $"{DicomMediaTypes.Dicom}, in parts or alone"),
            (_, "{study}" or "{series}") => ("Retrieve", $"{DicomMediaTypes.Dicom}, in parts"),
            _ => ("Search", DicomMediaTypes.DicomJson),
        };
        return [resource.Method, $"`{resource.Path}`", transaction, media];
    }

    private static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];
}
