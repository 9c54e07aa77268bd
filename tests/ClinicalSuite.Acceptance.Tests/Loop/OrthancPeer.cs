namespace ClinicalSuite.Acceptance.Tests.Loop;

/// <summary>A node on this machine that Orthanc knows: it may query it, move to it and be asked by it.</summary>
internal sealed record OrthancPeer(string AeTitle, int Port);
