using Parley.Server.Transport.Tls.OpenSsl;
using Parley.TestKit;

namespace Parley.Server.Tests.Transport.Tls;

public sealed class TicketKeysTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly TicketKeys _keys;

    public TicketKeysTests() => _keys = new TicketKeys(_time);

    [Fact]
    public void A_key_seals_for_its_time_and_opens_for_as_long_again()
    {
        var first = _keys.Current;
        _time.Advance(TicketKeys.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Same(first, _keys.Current);

        _time.Advance(TimeSpan.FromSeconds(1));
        var second = _keys.Current;
        Assert.NotSame(first, second);
        Assert.Same(first, _keys.Find(first.Name));
        Assert.Same(second, _keys.Find(second.Name));

        _time.Advance(TicketKeys.Lifetime);
        Assert.Null(_keys.Find(first.Name));
        Assert.Same(second, _keys.Find(second.Name));
    }

    [Fact]
    public void After_a_long_silence_nothing_old_is_opened()
    {
        var first = _keys.Current;
        _time.Advance(2 * TicketKeys.Lifetime);

        Assert.Null(_keys.Find(first.Name));
    }

    [Fact]
    public void An_unknown_name_has_no_key() => Assert.Null(_keys.Find(new byte[TicketKey.NameBytes]));
}
