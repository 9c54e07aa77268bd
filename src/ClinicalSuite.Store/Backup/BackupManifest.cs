using System.Text.Json;
using ClinicalSuite.Store.Instances;

namespace ClinicalSuite.Store.Backup;

/// <summary>Says that a backup is whole: it is written last, and a restore asks for it first.</summary>
/// <param name="Created">When the databases were copied, UTC.</param>
/// <param name="LastSequence">The journal's last number in it.</param>
/// <param name="Instances">Acknowledged objects in it.</param>
/// <param name="Bytes">Of their files.</param>
/// <param name="Missing">Objects whose file the store itself had lost; a verification names them.</param>
public sealed record BackupManifest(DateTime Created, long LastSequence, long Instances, long Bytes, long Missing)
{
    private const string Name = "backup.json";
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>Null where the folder holds no whole backup.</returns>
    public static BackupManifest? Read(string backup)
    {
        var path = Path.Combine(backup, Name);
        return File.Exists(path) ? JsonSerializer.Deserialize<BackupManifest>(File.ReadAllText(path), Form) : null;
    }

    internal void Write(string backup)
    {
        var draft = Path.Combine(backup, Name + ".new");
        File.WriteAllText(draft, JsonSerializer.Serialize(this, Form));
        DurableFile.FlushFile(draft);
        File.Move(draft, Path.Combine(backup, Name));
        DurableFile.FlushFolder(backup);
    }

    internal static bool IsManifest(string path) => Path.GetFileName(path) == Name;
}
