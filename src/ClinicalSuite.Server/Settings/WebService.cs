using System.Net.Http.Headers;
using System.Text;
using ClinicalSuite.Pipeline;

namespace ClinicalSuite.Server.Settings;

/// <summary>A DICOMweb service in the settings file.</summary>
/// <param name="Url">Its root, <c>https://host/dicom-web</c>.</param>
/// <param name="Token">Shown as <c>Authorization: Bearer</c>.</param>
/// <param name="User">Shown with <paramref name="Password"/> as <c>Authorization: Basic</c>.</param>
/// <param name="Authorities">PEM file of the authorities that may have signed its certificate; the system's where null.</param>
/// <param name="ReadBack">Whether QIDO-RS must find what was sent before it counts as delivered.</param>
public sealed record WebService(
    string Url, string? Token = null, string? User = null, string? Password = null, string? Authorities = null,
    bool ReadBack = true)
{
    /// <returns>The destination, or the complaint; exactly one is not null.</returns>
    public (WebDestination? Destination, string? Complaint) Read()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var root) || root.Scheme is not ("http" or "https")
            || root.UserInfo.Length > 0 || root.Query.Length > 0)
        {
            return (null, "dicomWeb: url: an address of http or https without user, password and query");
        }

        if (Token is not null && User is not null)
        {
            return (null, $"dicomWeb: {root.Host}: token, or user and password, not both");
        }

        if ((Token ?? User) is not null && root.Scheme == "http" && !root.IsLoopback)
        {
            return (null, $"dicomWeb: {root.Host}: a token or password goes over https only");
        }

        if (Authorities is not null && !File.Exists(Authorities))
        {
            return (null, $"dicomWeb: authorities: {Authorities}: no such file");
        }

        return (new WebDestination(root)
        {
            Authorization = Token is not null ? new AuthenticationHeaderValue("Bearer", Token)
                : User is null ? null
                : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"))),
            AuthoritiesFile = Authorities,
            IsReadBack = ReadBack,
        }, null);
    }
}
