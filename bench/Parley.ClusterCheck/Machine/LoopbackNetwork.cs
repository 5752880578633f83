using System.Net;

namespace Parley.ClusterCheck.Machine;

/// <summary>All machines are this one, and find each other at its loopback address.</summary>
/// <param name="whyNoCuts">Reason why it has to do.</param>
internal sealed class LoopbackNetwork(string whyNoCuts) : INetwork
{
    public string? WhyNoCuts => whyNoCuts;

    public Task<IReadOnlyList<string>> OnAsync(string machine) => Task.FromResult<IReadOnlyList<string>>([]);

    public IPAddress AddressOf(string machine) => IPAddress.Loopback;

    public Task CutAsync(string one, string other) => throw new NotSupportedException(whyNoCuts);

    public Task HealAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
