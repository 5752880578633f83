using System.Net.Sockets;
using Parley.Server.Transport;

namespace Parley.Server.Tests.Transport;

public sealed class AcceptErrorTests
{
    [Theory]
    [InlineData(SocketError.TooManyOpenSockets)]
    [InlineData(SocketError.NoBufferSpaceAvailable)]
    [InlineData(SocketError.ProcessLimit)]
    public void What_the_machine_is_out_of_is_waited_for(SocketError error)
        => Assert.Equal(nameof(AcceptErrorTier.BackOff), AcceptErrors.TierOf(error).ToString());

    [Theory]
    [InlineData(SocketError.ConnectionAborted)]
    [InlineData(SocketError.ConnectionReset)]
    [InlineData(SocketError.HostUnreachable)]
    [InlineData(SocketError.NetworkDown)]
    [InlineData(SocketError.NetworkUnreachable)]
    [InlineData(SocketError.TimedOut)]
    [InlineData(SocketError.AccessDenied)]
    public void What_went_wrong_with_one_connection_concerns_no_other(SocketError error)
        => Assert.Equal(nameof(AcceptErrorTier.Continue), AcceptErrors.TierOf(error).ToString());

    [Theory]
    [InlineData(SocketError.OperationAborted)]
    [InlineData(SocketError.NotSocket)]
    public void A_listener_that_is_gone_is_gone(SocketError error)
        => Assert.Equal(nameof(AcceptErrorTier.Fatal), AcceptErrors.TierOf(error).ToString());
}
