using ClinicalSuite.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

Console.Error.WriteLine("Used by dotnet-ef only; the command stands in Migrations.csproj.");
return 2;

/// <summary>Without a factory dotnet-ef would run the program's entry point to get at a context.</summary>
internal sealed class LiteFactory : IDesignTimeDbContextFactory<LiteClinicDb>
{
    public LiteClinicDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<LiteClinicDb>().UseSqlite("Data Source=unused.db").Options);
}
