namespace ClinicalSuite.Server.Access;

/// <summary>What must reach the person at the console once and must not stand in a log.</summary>
public sealed class Announcements(TextWriter console)
{
    internal void Password(string userName, string password) =>
        console.WriteLine($"First start: sign in as {userName} with the password {password} (shown once; write it down).");
}
