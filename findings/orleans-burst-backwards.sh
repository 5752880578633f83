#!/usr/bin/env bash
# Microsoft.Orleans 10.4.2 (NuGet): calls that one grain sends to a grain on another silo without waiting for the answers do not
# arrive in the order in which they were sent. Of a burst of 10 000 one-way calls to one non-reentrant grain, up to thousands
# arrive behind a call that was sent after them. Two-way calls whose tasks are awaited together at the end show the same. Calls
# that are awaited one by one keep their order.
#
# Nothing is lost and no error is raised: whoever streams numbered events through grain calls has to order them again.
#
# Seen, calls that arrived behind one that was sent later, of 10 000 in a burst, two silos in one process on loopback. It differs
# much from burst to burst, so that there are three of each kind, and their sum counts:
#   one-way bursts to the other silo   from 1 to 3683 a burst
#   two-way bursts to the other silo   from 1 to 9137 a burst
#   awaited one by one                 0
# Exit code 0 while that is so, 1 when it has changed. Takes about a minute, most of it the build.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
cat >Burst.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Orleans.Sdk" Version="10.4.2" />
    <PackageReference Include="Microsoft.Orleans.Server" Version="10.4.2" />
    <PackageReference Include="Microsoft.Orleans.TestingHost" Version="10.4.2" />
  </ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.TestingHost;

const int Calls = 10_000;
var cluster = new TestClusterBuilder(2).Build();
await cluster.DeployAsync();

// A sender and a receiver that live on different silos.
var sender = cluster.GrainFactory.GetGrain<ISender>(0);
var home = await sender.WhereAsync();
var receivers = new List<long>();
for (long key = 1; receivers.Count < 7; key++)
{
    if (await cluster.GrainFactory.GetGrain<IReceiver>(key).WhereAsync() != home)
    {
        receivers.Add(key);
    }
}

var bursts = new List<int>();
foreach (var receiver in receivers.Take(6))
{
    bursts.Add(await sender.BurstAsync(receiver, Calls, bursts.Count % 2 == 0 ? "one-way" : "two-way"));
}

var awaited = await sender.BurstAsync(receivers[6], Calls, "awaited");
Console.WriteLine($"of {Calls}, behind a later one: one-way and two-way in turn {string.Join(", ", bursts)}; awaited one by one {awaited}");
await cluster.StopAllSilosAsync();
return bursts.Sum() > Calls / 100 && awaited == 0 ? 0 : 1;

public interface ISender : IGrainWithIntegerKey
{
    Task<string> WhereAsync();
    Task<int> BurstAsync(long receiver, int calls, string manner);
}

public interface IReceiver : IGrainWithIntegerKey
{
    Task<string> WhereAsync();
    [OneWay] Task TellAsync(int number);
    Task AskAsync(int number);
    Task<int[]> SeenAsync();
}

public sealed class Sender(ILocalSiloDetails silo) : Grain, ISender
{
    public Task<string> WhereAsync() => Task.FromResult(silo.SiloAddress.ToString());

    public async Task<int> BurstAsync(long receiver, int calls, string manner)
    {
        var to = GrainFactory.GetGrain<IReceiver>(receiver);
        var pending = new List<Task>();
        for (var number = 0; number < calls; number++)
        {
            var call = manner == "one-way" ? to.TellAsync(number) : to.AskAsync(number);
            if (manner == "awaited")
            {
                await call;
            }

            pending.Add(call);
        }

        await Task.WhenAll(pending);
        int[] seen;
        while ((seen = await to.SeenAsync()).Length < calls)
        {
            await Task.Delay(100);
        }

        var (behind, highest) = (0, -1);
        foreach (var number in seen)
        {
            behind += number < highest ? 1 : 0;
            highest = Math.Max(highest, number);
        }

        return behind;
    }
}

public sealed class Receiver(ILocalSiloDetails silo) : Grain, IReceiver
{
    private readonly List<int> _seen = [];

    public Task<string> WhereAsync() => Task.FromResult(silo.SiloAddress.ToString());

    public Task TellAsync(int number) => AskAsync(number);

    public Task AskAsync(int number)
    {
        _seen.Add(number);
        return Task.CompletedTask;
    }

    public Task<int[]> SeenAsync() => Task.FromResult(_seen.ToArray());
}
CS
timeout 240 dotnet run -c Release 2>&1 | tail -n 20
exit "${PIPESTATUS[0]}"
