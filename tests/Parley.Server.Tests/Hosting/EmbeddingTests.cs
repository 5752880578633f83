using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Core.Names;
using Parley.Core.Tokens;
using Parley.Server.Connections;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.Server.Posting;
using Parley.Server.Transport;
using Parley.TestKit;

namespace Parley.Server.Tests.Hosting;

/// <summary>docs/embedding.md: a server in an application of somebody else's.</summary>
public sealed partial class EmbeddingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_application_hosts_chat_beside_what_it_had()
    {
        await using var app = await StartAsync();
        using var http = ClientOf(app);
        var lines = app.Services.GetRequiredService<IListenerList>().Listeners.Single(listener => listener.Name == "lines");
        await using var ann = await ScriptedClient.ConnectAsync(lines.Address, "Ann");
        await ann.ReadUntilAsync("You joined main");

        var posted = await app.Services.GetRequiredService<IRoomPoster>()
            .PostAsync(User("shop"), Room("main"), "order 42 came in", cancellationToken: Token);

        await ann.ExpectAsync("shop joined", "shop: order 42 came in");
        Assert.Matches("^main[.][1-9][0-9]*$", posted.Id);
        Assert.Equal("its own", await http.GetStringAsync("/", Token));
        Assert.Equal("ready\n", await http.GetStringAsync("/chat/health/ready", Token));
        using var elsewhere = await http.GetAsync("/health/ready", Token);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        await app.StopAsync(Token);
    }

    [Fact]
    public async Task Tokens_are_looked_up_where_the_application_keeps_them_and_a_stopping_server_takes_nothing()
    {
        var tokens = new MemoryTokenStore();
        await tokens.AddAsync(new(User("ci"), new TokenScopes { AllRooms = true }, default), TokenSecret.Hash("parley_x"), Token);
        await using var app = await StartAsync(services => services.AddSingleton<ITokenStore>(tokens));
        using var http = ClientOf(app);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "parley_x");

        using var said = await http.PostAsync("/chat/rooms/main/messages", new StringContent("hello"), Token);
        await app.Services.GetRequiredService<ShutdownSequence>().BeginAsync();
        using var refused = await http.PostAsync("/chat/rooms/main/messages", new StringContent("hello"), Token);
        using var ready = await http.GetAsync("/chat/health/ready", Token);

        Assert.Equal(HttpStatusCode.OK, said.StatusCode);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (refused.StatusCode, ready.StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter!.Delta);
        Assert.Contains("Server is shutting down", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_that_is_disposed_of_and_not_stopped_sees_no_service_fail()
    {
        var app = await StartAsync();
        var services = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().Where(service => service.GetType().Assembly == typeof(ParleyServer).Assembly).ToList();
        await app.DisposeAsync();

        Assert.NotEmpty(services);

        // The host runs them on the pool, and cancels one that has not begun when the end comes (BackgroundService.StartAsync, .NET 10): that is no failure.
        await Task.WhenAll(services.Select(service => service.ExecuteTask!)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Assert.All(services, service => Assert.Null(service.ExecuteTask!.Exception));
    }

    [Fact]
    public async Task What_is_mapped_can_be_closed_to_others_as_any_endpoints_can()
    {
        await using var app = await StartAsync(map: routes => routes.Add(endpoint => endpoint.RequestDelegate = http =>
        {
            http.Response.StatusCode = StatusCodes.Status402PaymentRequired;
            return Task.CompletedTask;
        }));
        using var http = ClientOf(app);
        using var response = await http.GetAsync("/chat/health/ready", Token);
        Assert.Equal(HttpStatusCode.PaymentRequired, response.StatusCode);
    }

    [Fact]
    public async Task Under_a_path_the_page_the_status_page_and_IRC_find_what_is_theirs()
    {
        await using var app = await StartAsync();
        using var http = ClientOf(app);

        using var page = await http.GetAsync("/chat", Token);
        using var status = await http.GetAsync("/chat/status/", Token);

        Assert.Equal(("/chat/", "/chat/status"), (page.RequestMessage!.RequestUri!.AbsolutePath, status.RequestMessage!.RequestUri!.AbsolutePath));
        foreach (var answer in (HttpResponseMessage[])[page, status])
        {
            var html = await answer.Content.ReadAsStringAsync(Token);
            foreach (Match reference in ReferencePattern().Matches(html))
            {
                using var file = await http.GetAsync(new Uri(answer.RequestMessage!.RequestUri!, reference.Groups["path"].Value), Token);
                Assert.Equal(HttpStatusCode.OK, file.StatusCode);
            }
        }

        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("text.ircv3.net");
        await socket.ConnectAsync(new Uri(app.Urls.Single().Replace("http", "ws", StringComparison.Ordinal) + "/chat/irc"), Token);
        await socket.SendAsync("PING 1"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Token);
        var answered = await socket.ReceiveAsync(new byte[1000], Token).WithinSafetyAsync();
        Assert.Equal(WebSocketMessageType.Text, answered.MessageType);
    }

    [Fact]
    public async Task To_map_a_server_that_was_not_added_is_an_error_that_says_so()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        var error = Assert.Throws<InvalidOperationException>(() => app.MapParley());
        Assert.Contains("AddParley()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_do_not_go_together_are_told_at_once()
    {
        var error = Assert.Throws<SettingsException>(() => new ServiceCollection().AddParley(options => options.Collect = ListenAddress.Loopback(0)));
        Assert.Equal(["collect: say which room the lines go to, with ParleyOptions.CollectRoom"], error.Errors);
    }

    [Fact]
    public async Task It_listens_nowhere_until_it_is_asked_to()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddParley();
        await using var app = builder.Build();
        await app.StartAsync(Token);

        Assert.Empty(app.Services.GetRequiredService<IListenerList>().Listeners);
        await app.StopAsync(Token);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_told_with_the_property_that_changes_it()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = (IPEndPoint)other.LocalEndpoint;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddParley(options => options.Irc = ListenAddress.Loopback(address.Port));
        await using var app = builder.Build();

        var error = await Assert.ThrowsAsync<ListenException>(() => app.StartAsync(Token));

        Assert.Equal(
            $"{address} is taken by another program: stop that program, or choose another address with ParleyOptions.Irc (port 0 takes a free one)",
            error.Message);
    }

    [Fact]
    public async Task Settings_come_from_the_configuration_and_follow_it()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Parley:Lines"] = "127.0.0.1:0", ["Parley:historyReplay"] = "7" });
        builder.Services.AddParley(builder.Configuration.GetSection("Parley"), options => options.NetworkName = "Shop");
        await using var app = builder.Build();
        await app.StartAsync(Token);
        var options = app.Services.GetRequiredService<ParleyOptions>();

        Assert.Equal(["lines"], app.Services.GetRequiredService<IListenerList>().Listeners.Select(listener => listener.Name));
        Assert.Equal((7, "Shop"), (options.HistoryReplay, options.NetworkName));

        builder.Configuration["Parley:historyReplay"] = "9";
        ((IConfigurationRoot)builder.Configuration).Reload();
        Assert.Equal((9, "Shop"), (options.HistoryReplay, options.NetworkName));

        builder.Configuration["Parley:historyReplay"] = "many";
        ((IConfigurationRoot)builder.Configuration).Reload();
        Assert.Equal(9, options.HistoryReplay);
        await app.StopAsync(Token);
    }

    [Fact]
    public void A_name_in_the_configuration_that_no_setting_has_is_told()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Parley:historyRelpay"] = "7" }).Build();
        var error = Assert.Throws<SettingsException>(() => new ServiceCollection().AddParley(configuration.GetSection("Parley")));
        Assert.Equal(["Parley: historyRelpay: there is no such setting; did you mean historyReplay?"], error.Errors);
    }

    [Fact]
    public async Task Health_is_among_the_applications_own_checks()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddParley();
        builder.Services.AddHealthChecks().AddParley();
        await using var app = builder.Build();
        app.MapHealthChecks("/healthz");
        await app.StartAsync(Token);
        using var http = ClientOf(app);

        Assert.Equal("Healthy", await http.GetStringAsync("/healthz", Token));
        await app.Services.GetRequiredService<ShutdownSequence>().BeginAsync();
        using var stopping = await http.GetAsync("/healthz", Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, stopping.StatusCode);
    }

    private static async Task<WebApplication> StartAsync(
        Action<IServiceCollection>? services = null, Action<IEndpointConventionBuilder>? map = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        services?.Invoke(builder.Services);
        builder.Services.AddParley(options => options.Lines = ListenAddress.Loopback(0));
        var app = builder.Build();
        app.MapGet("/", () => "its own");
        var mapped = app.MapParley("/chat");
        map?.Invoke(mapped);
        await app.StartAsync(Token);
        return app;
    }

    [GeneratedRegex("(?:src|href)=\"(?<path>[^\"#]+)\"")]
    private static partial Regex ReferencePattern();

    private static HttpClient ClientOf(WebApplication app) => new() { BaseAddress = new Uri(app.Urls.Single()) };

    private static UserName User(string name) => UserName.TryParse(name, out var user) ? user : throw new ArgumentException(name, nameof(name));

    private static RoomName Room(string name) => RoomName.TryParse(name, out var room) ? room : throw new ArgumentException(name, nameof(name));
}
