using Parley.Core.Queries;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task Only_the_server_is_told_who_pays_attention()
    {
        var ann = await SignInAsync("Ann", "main");
        await ann.UpdateAsync(LoggedIn(7) with { Away = "out" });
        var question = new FindAttention(LoggedIn(7).Login!, MainRoom, Last: null);

        Assert.Equal(Attention.Away, await Broker.LookAsync(SessionId.Server, question, Token));
        Assert.Equal(Attention.OutOfReach, await Broker.LookAsync(SessionId.Anybody, question, Token));
        Assert.Equal(Attention.OutOfReach, await ann.LookAsync(question));

        await ann.UpdateAsync(LoggedIn(7));
        Assert.Equal(Attention.Attentive, await Broker.LookAsync(SessionId.Server, question, Token));
        Assert.Equal(Attention.OutOfReach, await Broker.LookAsync(SessionId.Server, question with { Account = LoggedIn(8).Login! }, Token));
    }
}
