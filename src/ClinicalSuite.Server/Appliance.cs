using ClinicalSuite.Analyses;
using ClinicalSuite.Dicom;
using ClinicalSuite.Pipeline;
using ClinicalSuite.Pipeline.Intake;
using ClinicalSuite.Pipeline.Tls;
using ClinicalSuite.Server.Access;
using ClinicalSuite.Server.DicomWeb;
using ClinicalSuite.Server.Documents;
using ClinicalSuite.Server.Health;
using ClinicalSuite.Server.Listening;
using ClinicalSuite.Server.Live;
using ClinicalSuite.Server.Settings;
using ClinicalSuite.Server.Studies;
using ClinicalSuite.Server.Texts;
using ClinicalSuite.Store;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace ClinicalSuite.Server;

/// <summary>The whole appliance in one host: store, pipeline, listeners, pages.</summary>
public static class Appliance
{
    /// <summary>Builds it; <c>StartAsync</c> migrates the store, then opens the listeners.</summary>
    /// <param name="console">Gets what must reach a person once and no log (the administrator's first password).</param>
    public static WebApplication Build(ApplianceSettings settings, TextWriter console)
    {
        IsolateDecoders(settings);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(Appliance).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Services.AddSingleton(settings).AddSingleton(new Announcements(console));
        builder.Services.AddSingleton<IHostLifetime, CalledLifetime>();
        Log(builder.Logging, settings);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = settings.ShutdownTimeout);
        AddRoles(builder.Services, settings);
        AddWeb(builder.Services, settings);
        Listeners.Open(builder, settings);
        var app = builder.Build();
        // Made before the first object comes: it counts from then on.
        app.Services.GetRequiredService<InstrumentTotals>();
        UseWeb(app, settings);
        return app;
    }

    /// <summary>Waits until somebody asks for the end, or the appliance ends by itself because a part of it could not go on.</summary>
    /// <returns>True when it was asked for.</returns>
    public static async Task<bool> WaitForEndAsync(this WebApplication app, CancellationToken asked)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(asked, app.Lifetime.ApplicationStopping);
        await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return asked.IsCancellationRequested;
    }

    /// <summary>
    /// Frames that come from outside meet no native decoder in this process. One pool for the whole process, for as long as it
    /// runs; its children end when they have nothing to do.
    /// </summary>
    private static void IsolateDecoders(ApplianceSettings settings)
    {
        if (FrameDecoding.Decoder == FrameDecoding.InProcess)
        {
            FrameDecoding.Decoder = new FrameDecoderPool(settings.DecodingProgram, settings.Decoding);
        }
    }

    private static void AddRoles(IServiceCollection services, ApplianceSettings settings)
    {
        if (settings.Tls is { } tls)
        {
            services.AddSingleton(tls).AddSingleton<TlsGate>().TryAddSingleton<LineAllowance>();
            services.AddSingleton(provider => new CertificateReloading(
                tls, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CertificateReloading>>()));
        }

        if (settings.Roles.Contains(ApplianceRole.Work))
        {
            services.AddPipeline(settings.Pipeline, AnalysisCatalog.All);
        }
        else
        {
            services.AddStore(settings.Store).AddSingleton<WorkerHealth>();
        }

        if (settings.Roles.Contains(ApplianceRole.Intake))
        {
            services.AddIntake(settings.Intake);
        }
    }

    /// <summary>One line a message on standard error: standard output belongs to what the verbs answer.</summary>
    private static void Log(ILoggingBuilder logging, ApplianceSettings settings)
    {
        logging.ClearProviders();
        const string Timestamp = "yyyy-MM-ddTHH:mm:ss.fffZ";
        if (settings.JsonLog)
        {
            logging.AddJsonConsole(o =>
            {
                o.UseUtcTimestamp = true;
                o.TimestampFormat = Timestamp;
            });
        }
        else
        {
            logging.AddSimpleConsole(o =>
            {
                o.SingleLine = true;
                o.UseUtcTimestamp = true;
                o.TimestampFormat = Timestamp + " ";
                o.ColorBehavior = LoggerColorBehavior.Disabled;
            });
        }

        logging.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("ClinicalSuite", settings.LogLevel);
        logging.AddFilter(typeof(TokenHandler).FullName, LogLevel.Warning);
        // It warns at each first start that the cookie's keys are not encrypted: they lie in the data folder, as all else does.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }

    private static void AddWeb(IServiceCollection services, ApplianceSettings settings)
    {
        services.AddAccess(settings).AddSignInLimit().AddWords().AddDicomWeb();
        services.AddSingleton<StudyShelf>().AddSingleton<SyntheticMark>();
        services.AddSingleton<InstrumentTotals>().AddSingleton<MetricsPage>();
        services.AddCors();
        services.AddHostedService<AdministratorStartup>();
        services.AddHostedService<LiveFeed>();
        services.AddSignalR();
        services.AddRazorPages(o => o.Conventions.AuthorizePage("/Audit", AccessPolicies.AuditPolicy))
            .AddApplicationPart(typeof(Appliance).Assembly);
    }

    private static void UseWeb(WebApplication app, ApplianceSettings settings)
    {
        app.UseSecurityHeaders();
        app.UseLoopbackNames(settings);
        app.UseExceptionHandler("/Problem");
        app.UseStatusCodePagesWithReExecute("/Problem", "?status={0}");
        app.UseMiddleware<DicomWebProblems>();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = StaticFiles.Keep });
        app.UseRouting();
        app.UseCrossOrigin(settings);
        app.UseAuthentication();
        app.UseMiddleware<AccessAudit>();
        app.UseSameOrigin(settings);
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseChangesByAdministrator(settings);
        app.MapRazorPages();
        app.MapHub<LiveHub>("/live");
        app.MapDocuments();
        app.MapDicomWeb(settings);
        app.MapHealth();
        app.MapLanguage();
        app.MapPost("/sign-out", async (HttpContext context, IAntiforgery antiforgery, SignInManager<IdentityUser> people) =>
        {
            await antiforgery.ValidateRequestAsync(context);
            await people.SignOutAsync();
            return Results.LocalRedirect("/");
        });
    }
}
