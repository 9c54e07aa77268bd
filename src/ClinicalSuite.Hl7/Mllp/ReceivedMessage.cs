namespace ClinicalSuite.Hl7.Mllp;

/// <summary>A message as it came and as it was read.</summary>
public sealed record ReceivedMessage(ReadOnlyMemory<byte> Bytes, Hl7Message Message);
