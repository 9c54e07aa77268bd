using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store;

/// <summary>The database of a single node: one SQLite file.</summary>
public sealed class LiteClinicDb(DbContextOptions<LiteClinicDb> options) : ClinicDb(options);
