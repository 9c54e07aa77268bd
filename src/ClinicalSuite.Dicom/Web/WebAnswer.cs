using System.Net;

namespace ClinicalSuite.Dicom.Web;

/// <summary>What came of a DICOMweb request that sends or asks.</summary>
/// <typeparam name="T">What a good answer brings.</typeparam>
public abstract record WebAnswer<T>
{
    private WebAnswer()
    {
    }

    public sealed record Given(T Value) : WebAnswer<T>;

    /// <summary>The service said no; <paramref name="Said"/> is the beginning of its words.</summary>
    public sealed record Refused(HttpStatusCode Status, string Said) : WebAnswer<T>
    {
        /// <summary>True where the same request may be taken later (RFC 9110 15.5.9, 15.6; RFC 6585 4).</summary>
        public bool IsTransient => (int)Status >= 500 && Status != HttpStatusCode.NotImplemented
            || Status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
    }

    /// <summary>No answer, or one that is no DICOMweb.</summary>
    public sealed record Lost(string Cause) : WebAnswer<T>;
}
