using Parley.Core.Intentions;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task What_was_accepted_is_in_its_members_outboxes_when_the_broker_has_stopped()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        for (var i = 0; i < 1000; i++)
        {
            await ann.MustPostAsync("main", $"{i}");
        }

        await Broker.StopAsync();

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"main| Ann: {i}"), bob.Waiting());
    }

    [Fact]
    public async Task A_stopped_broker_decides_nothing()
    {
        var ann = await LogInAsync("Ann", "main");

        await Broker.StopAsync();

        await MustBeRefusedAsync(ann, Verdict.Stopping);
        Assert.Equal(Verdict.Stopping, await NewSession().SignInAsync("Bob"));
        Assert.Equal(Verdict.Stopping, await NewSession().LogInAsync("Ann"));
        Assert.Equal(["Ann"], await MembersAsync("main"));
    }

    [Fact]
    public async Task Sessions_sign_out_of_a_stopped_broker()
    {
        var ann = await SignInAsync("Ann", "main");

        await Broker.StopAsync();
        await ann.SignOutAsync();

        Assert.Empty(await MembersAsync("main"));
    }

    [Fact]
    public async Task What_is_accepted_while_the_broker_stops_is_there_when_it_has_stopped()
    {
        var authors = new[] { await SignInAsync("Ann", "main"), await SignInAsync("Bob", "main"), await SignInAsync("Cyd", "main") };
        var reader = await SignInAsync("Reader", "main");
        var started = new CountdownEvent(authors.Length);

        var posting = authors.Select(author => Task.Run(async () =>
        {
            var accepted = 0;
            while (await author.PostAsync("main", "hi") == Verdict.Accepted)
            {
                if (++accepted == 1)
                {
                    started.Signal();
                }
            }

            return accepted;
        })).ToArray();
        Assert.True(started.Wait(TestSession.Patience, Token));
        await Broker.StopAsync();
        var arrived = reader.Waiting();
        var acceptedInAll = (await Task.WhenAll(posting)).Sum();

        Assert.Equal(acceptedInAll, arrived.Length);
    }
}
