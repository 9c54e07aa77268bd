using ClinicalSuite.Dicom;
using ClinicalSuite.Pipeline.Intake;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;

namespace ClinicalSuite.Pipeline.Assembly;

/// <summary>What the register needs of an acknowledged object: as intake has read it, else from its file.</summary>
internal static class HeaderReader
{
    /// <summary>A header of any size costs the memory of what is taken from it.</summary>
    private static readonly DicomReadOptions Needed = DicomReadOptions.HeaderOnly with { KeepOnly = HeaderFacts.Tags };

    /// <summary>The facts, or the problem with the header: an acknowledged object is registered either way.</summary>
    public static Registration Read(StoreFolder folder, JournalEntry entry)
    {
        if (entry.Facts is not null)
        {
            return new Registration(entry, entry.Facts);
        }

        try
        {
            return new Registration(entry, HeaderFacts.Of(DicomFile.Open(folder.Absolute(entry.Path), Needed).Dataset));
        }
        catch (DicomFormatException problem)
        {
            // Its message names the place in the file, never a value.
            return new Registration(entry, null, $"{problem.TagPath} {problem.Reason}".Trim());
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Registration(entry, null, "the file is missing from the store");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Registered all the same: one bad sector must not keep every later object out.
            return new Registration(entry, null, "the data disk does not give the file");
        }
    }
}
