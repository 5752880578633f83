using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Parley.ClusterCheck.Machine;

/// <summary>Each machine is a network namespace, with a wire to this one's, which passes on what they send to each other. There is no way out.</summary>
/// <remarks>
/// The namespace of this process MUST be its own. Those of machines have no names: each lasts as long as a process in it, so that all are gone
/// however this process ends. Addresses are those set aside for tests of network devices (RFC 2544).
/// </remarks>
internal sealed class NamespaceNetwork : INetwork
{
    private readonly Dictionary<string, (int Number, Process Holder)> _machines = new(StringComparer.Ordinal);
    private readonly List<string[]> _cuts = [];

    private NamespaceNetwork()
    {
    }

    public string? WhyNoCuts => null;

    /// <summary>Makes a network without machines.</summary>
    public static async Task<NamespaceNetwork> CreateAsync()
    {
        await IpAsync("link", "set", "lo", "up");
        await File.WriteAllTextAsync("/proc/sys/net/ipv4/ip_forward", "1");
        return new NamespaceNetwork();
    }

    public async Task<IReadOnlyList<string>> OnAsync(string machine)
    {
        if (!_machines.TryGetValue(machine, out var its))
        {
            _machines[machine] = its = (_machines.Count + 1, await HoldAsync());
            await ConnectAsync(its.Number, its.Holder.Id);
        }

        return Within(its.Holder.Id);
    }

    public IPAddress AddressOf(string machine) => IPAddress.Parse(Address(_machines[machine].Number, 2));

    public async Task CutAsync(string one, string other)
    {
        foreach (var (from, to) in new[] { (one, other), (other, one) })
        {
            string[] rule = ["from", AddressOf(from).ToString(), "to", AddressOf(to).ToString(), "blackhole"];
            await IpAsync(["rule", "add", .. rule]);
            _cuts.Add(rule);
        }
    }

    public async Task HealAsync()
    {
        foreach (var rule in _cuts)
        {
            await IpAsync(["rule", "delete", .. rule]);
        }

        _cuts.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, holder) in _machines.Values)
        {
            // It reads to its end.
            holder.StandardInput.Close();
            await holder.WaitForExitAsync();
            holder.Dispose();
        }

        _machines.Clear();
    }

    private static string Address(int number, int end) => string.Create(CultureInfo.InvariantCulture, $"198.18.{number}.{end}");

    private static string[] Within(int process) => ["nsenter", string.Create(CultureInfo.InvariantCulture, $"--net=/proc/{process}/ns/net"), "--"];

    private static async Task<Process> HoldAsync()
    {
        var holder = Process.Start(new ProcessStartInfo("unshare", ["--net", "cat"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

        // What it is given comes back when it runs, in a namespace of its own.
        await holder.StandardInput.WriteLineAsync("here");
        await holder.StandardInput.FlushAsync();
        return await holder.StandardOutput.ReadLineAsync() is null ? throw new InvalidOperationException("unshare --net does not work any more") : holder;
    }

    private static async Task ConnectAsync(int number, int process)
    {
        var (wire, id) = (string.Create(CultureInfo.InvariantCulture, $"wire{number}"), string.Create(CultureInfo.InvariantCulture, $"{process}"));
        await IpAsync("link", "add", wire, "type", "veth", "peer", "name", "wire", "netns", id);
        await IpAsync("address", "add", $"{Address(number, 1)}/24", "dev", wire);
        await IpAsync("link", "set", wire, "up");
        string[] within = [.. Within(process), "ip"];
        await ShortCommand.RunAsync([.. within, "address", "add", $"{Address(number, 2)}/24", "dev", "wire"]);
        await ShortCommand.RunAsync([.. within, "link", "set", "lo", "up"]);
        await ShortCommand.RunAsync([.. within, "link", "set", "wire", "up"]);
        await ShortCommand.RunAsync([.. within, "route", "add", "default", "via", Address(number, 1)]);
    }

    private static Task<string> IpAsync(params string[] arguments) => ShortCommand.RunAsync(["ip", .. arguments]);
}
