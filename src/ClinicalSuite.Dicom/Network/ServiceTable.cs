namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// Which requests are served, by command field and SOP class. The host fills it; C-ECHO and C-STORE need no row. A
/// provider gives it to <see cref="ServiceClassProvider"/>, a user that must answer its peer (N-EVENT-REPORT) to
/// <see cref="DicomClientOptions.Services"/>.
/// </summary>
public sealed class ServiceTable
{
    private readonly Dictionary<(CommandField Field, string SopClassUid), ServiceHandler> handlers = [];

    /// <summary>Serves requests of that kind for a SOP class.</summary>
    /// <exception cref="ArgumentException">It is served already, or the field is no request.</exception>
    public ServiceTable On(CommandField request, string sopClassUid, ServiceHandler handler)
    {
        if (((ushort)request & 0x8000) != 0 || request is CommandField.CancelRequest or CommandField.StoreRequest)
        {
            throw new ArgumentException($"{request} is not served by a table", nameof(request));
        }
        handlers.Add((request, sopClassUid), handler);
        return this;
    }

    /// <summary>SOP classes that have a row.</summary>
    public IEnumerable<string> SopClasses => handlers.Keys.Select(key => key.SopClassUid).Distinct();

    /// <summary>The requests that have a row.</summary>
    public IEnumerable<(CommandField Request, string SopClassUid)> Requests => handlers.Keys;

    internal ServiceHandler? Find(CommandField request, string sopClassUid) =>
        handlers.GetValueOrDefault((request, sopClassUid));
}
