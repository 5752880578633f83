namespace Parley.Server.Http;

/// <summary>Marks a request, among its features, that a listed proxy asks for somebody else.</summary>
internal sealed class ForwardedRequest
{
    private ForwardedRequest()
    {
    }

    public static ForwardedRequest Mark { get; } = new();
}
