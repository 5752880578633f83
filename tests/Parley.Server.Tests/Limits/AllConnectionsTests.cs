using Parley.Server.Connections;
using Parley.Server.Options;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Limits;

public sealed class AllConnectionsTests
{
    [Fact]
    public async Task When_the_server_is_full_one_is_told_the_limit_wherever_one_comes_from()
    {
        await using var server = new TestServer(new ParleyOptions { MaxConnections = 2 });
        var ann = await server.EnterAsync("Ann");
        await server.LogInAsync("bob");
        var third = server.OpenLines();
        await third.ExpectAsync("The server is full (2 connections), try again later");
        await third.ExpectClosedAsync();
        var fourth = server.OpenAddressed("192.0.2.1");
        await fourth.ExpectAsync("error: The server is full (2 connections), try again later");
        await fourth.ExpectClosedAsync();

        await ann.SendLineAsync("/quit");
        await ann.ExpectClosedAsync();
        while (await server.OpenLines().ReadLineAsync() != "Server commands")
        {
            // The place is given back after the goodbye.
        }
    }

    [Fact]
    public void The_default_comes_from_the_descriptor_limit_less_a_reserve()
    {
        var connections = DescriptorLimit.Connections();
        Assert.InRange(connections, 1, int.MaxValue);
        if (OperatingSystem.IsLinux())
        {
            var limit = File.ReadLines("/proc/self/limits").Single(line => line.StartsWith("Max open files", StringComparison.Ordinal));
            var soft = limit.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
            Assert.True(soft == "unlimited" || connections < long.Parse(soft), $"{connections} of {soft}");
        }
    }
}
