using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace ClinicalSuite.Store.Identity;

/// <summary>The accounts of people who sign in: ASP.NET Core Identity's tables in the clinic's database.</summary>
public abstract class AccountsDb(DbContextOptions options) : IdentityDbContext<IdentityUser>(options);
