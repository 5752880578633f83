using Parley.Server.Irc.Registration;
using Parley.Server.Irc.Wire;
using Parley.Server.Push;

namespace Parley.Server.Tests.Push;

public sealed class PushCapabilitiesTests
{
    [Fact]
    public void What_is_kept_of_a_device_has_the_names_by_which_capabilities_are_negotiated()
    {
        var kept = IrcCapabilityTable.All.Where(each => PushCapabilities.Write(each.Flag).Length > 0).ToArray();

        Assert.Equal(["account-tag", "message-tags", "server-time"], kept.Select(each => each.Name));
        Assert.All(kept, each => Assert.Equal(each.Name, PushCapabilities.Write(each.Flag)));
        Assert.All(kept, each => Assert.Equal(each.Flag, PushCapabilities.Read(each.Name)));
    }

    [Fact]
    public void What_is_kept_is_read_as_it_was_and_unknown_names_are_nothing()
    {
        var all = IrcCapabilityTable.All.Aggregate(IrcCapabilities.None, (sum, each) => sum | each.Flag);

        Assert.Equal("account-tag message-tags server-time", PushCapabilities.Write(all));
        Assert.Equal(IrcCapabilities.AccountTag | IrcCapabilities.MessageTags | IrcCapabilities.ServerTime, PushCapabilities.Read(PushCapabilities.Write(all)));
        Assert.Equal(IrcCapabilities.None, PushCapabilities.Read("no-such-capability batch"));
    }
}
