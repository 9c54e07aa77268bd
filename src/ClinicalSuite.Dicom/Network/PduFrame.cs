using System.Buffers;

namespace ClinicalSuite.Dicom.Network;

/// <summary>What a read brought: a whole PDU, or why there is none.</summary>
internal readonly record struct PduFrame(
    PduFrameKind Kind,
    PduType Type = default,
    ReadOnlySequence<byte> Body = default,
    AbortReason Reason = default,
    string Problem = "",
    ForeignProtocol Foreign = ForeignProtocol.None);
