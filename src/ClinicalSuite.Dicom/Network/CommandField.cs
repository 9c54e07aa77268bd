namespace ClinicalSuite.Dicom.Network;

/// <summary>Command Field (0000,0100) (PS3.7 E.1). A response is its request with bit 15 set.</summary>
public enum CommandField : ushort
{
    StoreRequest = 0x0001,
    StoreResponse = 0x8001,
    FindRequest = 0x0020,
    FindResponse = 0x8020,
    EchoRequest = 0x0030,
    EchoResponse = 0x8030,
    CancelRequest = 0x0FFF,
}
