using System.Buffers.Text;
using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Push;
using Parley.Server.Http;
using Parley.Server.Push;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Push;

/// <summary>The way out, over a real connection: to a push service on this machine, which an operator may allow.</summary>
public sealed class PushSenderTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _paths = [];
    private readonly PushIdentity _identity = new(PushIdentity.CreateKey(), null);
    private WebApplication _service = null!;
    private byte[] _body = [];
    private int _port;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var certificate = TestCertificate.CreateClient("CN=localhost");
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener => listener.UseHttps(certificate)));
        _service = builder.Build();
        _service.Run(AnswerAsync);
        await _service.StartAsync(TestContext.Current.CancellationToken);
        _port = new Uri(_service.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
    }

    [Fact]
    public async Task A_message_reaches_the_device_through_its_service()
    {
        using var device = new PushDevice($"https://localhost:{_port}/taken");

        Assert.Equal(PushOutcome.Taken, (await SendAsync(device, _ => true)).Outcome);

        Assert.Equal("PRIVMSG Ann :hi", device.Decrypt(_body));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task A_name_that_stands_for_this_machine_is_not_connected_to(string host)
    {
        using var device = new PushDevice($"https://{host}:{_port}/taken");

        var result = await SendAsync(device, _ => false);

        Assert.Equal((PushOutcome.Refused, "it has no address of the public Internet"), (result.Outcome, result.Reason));
        Assert.Empty(_paths);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_an_answer_is_not_read()
    {
        using var device = new PushDevice($"https://localhost:{_port}/redirect");

        Assert.Equal((PushOutcome.Refused, "status 307"), await OutcomeAsync(device));

        using var other = new PushDevice($"https://localhost:{_port}/endless");
        Assert.Equal((PushOutcome.Taken, "status 201"), await OutcomeAsync(other));
        Assert.Equal(["/redirect", "/endless"], _paths);
    }

    [Fact]
    public async Task A_service_that_says_nothing_is_given_up_after_ten_seconds()
    {
        using var device = new PushDevice($"https://localhost:{_port}/silent");

        var sending = OutcomeAsync(device);
        await _time.WhenTimerArmedAsync(PushSender.Timeout);
        _time.Advance(PushSender.Timeout);

        Assert.Equal((PushOutcome.Failed, "no answer within 10 s"), await sending.WithinSafetyAsync());
    }

    [Fact]
    public async Task Headers_without_end_are_not_read()
    {
        using var device = new PushDevice($"https://localhost:{_port}/headers");

        Assert.Equal(PushOutcome.Failed, (await OutcomeAsync(device)).Outcome);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _service.StopAsync(now.Token);
        await _service.DisposeAsync();
        _identity.Dispose();
    }

    private async Task<(PushOutcome Outcome, string Reason)> OutcomeAsync(PushDevice device)
    {
        var result = await SendAsync(device, _ => true);
        return (result.Outcome, result.Reason);
    }

    private async Task<PushResult> SendAsync(PushDevice device, Func<IPAddress, bool> isAllowed)
    {
        var handler = PushSender.CreateHandler(new OutwardGuard(isAllowed));
        handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null };
        using var sender = new PushSender(_time, handler);
        var subscription = new PushSubscription(new AccountId(1), device.Endpoint, device.PublicKey, device.Secret, "", _time.GetUtcNow());
        Assert.True(Base64Url.IsValid(subscription.PublicKey));
        return await sender.SendAsync(subscription, new PushMessage("PRIVMSG Ann :hi"u8.ToArray()), _identity, TestContext.Current.CancellationToken);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        lock (_paths)
        {
            _paths.Add(path);
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _body = body.ToArray();
        switch (path)
        {
            case "/redirect":
                context.Response.Headers.Location = "/taken";
                context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
                break;
            case "/endless":
                context.Response.StatusCode = StatusCodes.Status201Created;
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case "/silent":
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case "/headers":
                context.Response.Headers["X-Long"] = new string('x', 40_000);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status201Created;
                break;
        }
    }
}
