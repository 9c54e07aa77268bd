namespace ClinicalSuite.Dicom.Network;

/// <summary>
/// The usual strangers on a port, told by their first bytes. They are named, since the cause is a wrong setting somewhere, and
/// answered in their own tongue, so that the person at the other end learns it too.
/// </summary>
public enum ForeignProtocol
{
    /// <summary>None of those below.</summary>
    None,

    Http,

    Tls,

    Mllp,

    /// <summary>A DICOM association; a stranger on a port of another kind.</summary>
    Dicom,
}
