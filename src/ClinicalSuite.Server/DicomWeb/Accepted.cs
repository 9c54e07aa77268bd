using ClinicalSuite.Dicom.Web;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>What a client takes (PS3.18 8.3.3.1, 8.7.5): the query parameter <c>accept</c> before the header.</summary>
internal static class Accepted
{
    private static readonly IReadOnlyList<MediaType> Anything = MediaType.ParseAccept("*/*");

    /// <summary>The ranges, most wanted first; anything where none is named.</summary>
    internal static IReadOnlyList<MediaType> By(HttpRequest request)
    {
        var query = request.Query["accept"].ToString();
        var ranges = MediaType.ParseAccept(query.Length > 0 ? query : request.Headers.Accept.ToString());
        return ranges.Count > 0 ? ranges : Anything;
    }

    /// <summary>The first of the offered media types, in the client's order, that it takes as a single part; or null.</summary>
    internal static string? First(HttpRequest request, params string[] offered)
    {
        foreach (var range in By(request))
        {
            if (Array.Find(offered, one => MediaType.Takes(range.Name, one)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The transfer syntax that a range asks for: a UID, <c>*</c> for as it is stored, null where it names none.</summary>
    internal static string? TransferSyntax(HttpRequest request, MediaType range) =>
        range["transfer-syntax"]
        ?? (request.Query["transferSyntax"].ToString() is { Length: > 0 } named ? named : null);
}
