using System.Net;
using Parley.Net.Echo;

namespace Parley.Net.Tests.Echo;

/// <summary>The echo server holds 2000 clients at once and loses nothing: all are connected before the first line is sent.</summary>
public sealed class CrowdTests(ITestOutputHelper output)
{
    private const int Clients = 2000;
    private const int Lines = 5;

    // Both ends of every connection are in this process, and other tests have theirs.
    private const int DescriptorsNeeded = (2 * Clients) + 500;

    [Fact(Timeout = 120_000)]
    public async Task Two_thousand_clients_at_once_have_every_line_back()
    {
        Assert.SkipUnless(DescriptorLimit() >= DescriptorsNeeded, $"This takes {DescriptorsNeeded} descriptors: raise ulimit -n");
        await using EchoServer server = EchoServer.Start(new IPEndPoint(IPAddress.Loopback, 0));
        var load = new EchoLoad { Clients = Clients, LinesPerClient = Lines, Timeout = TimeSpan.FromMinutes(1) };
        EchoReport report = await new EchoSender(load).SendAsync(server.EndPoint, TestContext.Current.CancellationToken);
        output.WriteLine($"p50 {report.RoundTrips.Percentile(50)}, p99 {report.RoundTrips.Percentile(99)}, max {report.RoundTrips.Max}");
        Assert.True(report.IsClean, $"{report.Lost} lost, {report.Wrong} wrong, {string.Join(", ", report.Failures)}");
        Assert.Equal((Clients, (long)Clients * Lines), (report.Connected, report.Returned));
        Assert.Equal(Clients * Lines, server.Lines);
        Assert.Equal(Clients, server.ServedClients);
    }

    // The runtime raises its own limit to the hard one.
    private static long DescriptorLimit()
    {
        if (!OperatingSystem.IsLinux())
        {
            return long.MaxValue;
        }

        string line = File.ReadLines("/proc/self/limits").Single(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], System.Globalization.CultureInfo.InvariantCulture);
    }
}
