using System.Globalization;

namespace Parley.EndToEnd.Tests.Support;

/// <summary>
/// Two network namespaces with a wire between them and no way out: "here", and "hosts", where 198.18.7.1 to .20 are, and
/// where whatever is sent to 198.18.8.0/24 vanishes.
/// </summary>
/// <remarks>The addresses are those set aside for tests of network devices (RFC 2544), which no real host has.</remarks>
internal sealed class NetworkNamespaces : IAsyncDisposable
{
    private static int _last;

    private readonly string _here;
    private readonly string _hosts;

    private NetworkNamespaces(string id)
    {
        _here = $"parley-here-{id}";
        _hosts = $"parley-hosts-{id}";
    }

    /// <summary>Sets them up, or skips the test where that is not permitted.</summary>
    public static async Task<NetworkNamespaces> CreateAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Network namespaces are Linux's");
        var spaces = new NetworkNamespaces(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Interlocked.Increment(ref _last)}"));
        (int exitCode, string said) = await IpAsync("netns", "add", spaces._hosts);
        Assert.SkipUnless(exitCode == 0, $"Network namespaces are not permitted here: {said}");
        await MustAsync("netns", "add", spaces._here);
        (exitCode, said) = await IpAsync("-n", spaces._here, "link", "add", "wire", "type", "veth", "peer", "name", "wire", "netns", spaces._hosts);
        if (exitCode != 0)
        {
            await spaces.DisposeAsync();
            Assert.Skip($"A wire between network namespaces is not permitted here: {said}");
        }

        await spaces.SetUpAsync();
        return spaces;
    }

    public ChildProcess RunHere(params string[] command) => Run(_here, command);

    public ChildProcess RunAtHosts(params string[] command) => Run(_hosts, command);

    public async ValueTask DisposeAsync()
    {
        await IpAsync("netns", "delete", _here);
        await IpAsync("netns", "delete", _hosts);
    }

    private static ChildProcess Run(string space, string[] command) => ChildProcess.Start(Programs.Need("ip"), ["netns", "exec", space, .. command]);

    private static async Task<(int ExitCode, string Said)> IpAsync(params string[] arguments)
    {
        await using ChildProcess ip = ChildProcess.Start(Programs.Need("ip"), arguments);
        return (await ip.ExitAsync(), ip.ToString());
    }

    private static async Task MustAsync(params string[] arguments)
    {
        (int exitCode, string said) = await IpAsync(arguments);
        Assert.True(exitCode == 0, $"ip {string.Join(' ', arguments)}: {said}");
    }

    private async Task SetUpAsync()
    {
        await MustAsync("-n", _here, "address", "add", "198.18.7.254/24", "dev", "wire");
        for (int host = 1; host <= 20; host++)
        {
            await MustAsync("-n", _hosts, "address", "add", string.Create(CultureInfo.InvariantCulture, $"198.18.7.{host}/24"), "dev", "wire");
        }

        foreach (string space in (string[])[_here, _hosts])
        {
            await MustAsync("-n", space, "link", "set", "lo", "up");
            await MustAsync("-n", space, "link", "set", "wire", "up");
        }

        await MustAsync("-n", _here, "route", "add", "default", "via", "198.18.7.1");
        await MustAsync("-n", _hosts, "route", "add", "blackhole", "198.18.8.0/24");
    }
}
