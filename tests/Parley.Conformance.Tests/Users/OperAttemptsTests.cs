using Parley.Conformance.Tests.Support;
using Parley.Server.Options;

namespace Parley.Conformance.Tests.Users;

/// <summary>How often somebody may try to become an operator from one address.</summary>
public sealed class OperAttemptsTests : OperatorTest
{
    [Fact]
    public async Task Attempts_from_one_address_are_limited_whatever_the_connection()
    {
        var (ann, bob) = (await Server.RegisterAsync("Ann"), await Server.RegisterAsync("Bob"));
        await ann.AskAsync("OPER root a");
        await ann.AskAsync("OPER root b");
        await bob.AskAsync("OPER root c");

        Assert.Equal(
            [":parley 464 Bob :Too many attempts to log in (at most 3 a minute), try again in a minute"],
            (await bob.AskAsync($"OPER root :{Password}")).Bodies());
        Server.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Contains("381", (await bob.AskAsync($"OPER root :{Password}")).Commands());
    }

    private protected override void Configure(ParleyOptions options)
    {
        base.Configure(options);
        options.ExemptLoopback = false;
        options.CommandBurst = 1000;
    }
}
