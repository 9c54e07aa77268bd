namespace ClinicalSuite.Dicom.Query;

/// <summary>Wild card matching (PS3.4 C.2.2.2.4): <c>*</c> is any sequence of characters, <c>?</c> any one.</summary>
public static class Wildcard
{
    public static bool IsIn(string pattern) => pattern.AsSpan().ContainsAny('*', '?');

    /// <summary>Compares by code unit; a pattern without wild cards matches its equal.</summary>
    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        // The last '*' is all that must be remembered: what an earlier one took need never be given back.
        int at = 0, from = 0, star = -1, mark = 0;
        while (from < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                mark = from;
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == text[from]))
            {
                at++;
                from++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                from = ++mark;
            }
            else
            {
                return false;
            }
        }
        while (at < pattern.Length && pattern[at] == '*')
        {
            at++;
        }
        return at == pattern.Length;
    }
}
