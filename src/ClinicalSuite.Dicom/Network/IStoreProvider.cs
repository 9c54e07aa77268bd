namespace ClinicalSuite.Dicom.Network;

/// <summary>The service class provider of storage (PS3.4 annex B).</summary>
public interface IStoreProvider
{
    /// <summary>
    /// Takes the object. Success may be returned only when the object is as safe as this provider promises.
    /// What is left unread of the data set is skipped.
    /// </summary>
    Task<DimseStatus> StoreAsync(StoreRequest request, CancellationToken cancellation);
}
