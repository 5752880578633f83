using Parley.Server.Nodes;

namespace Parley.Server.Tests.Support;

/// <summary>A cluster of which a test says how it is; no node of it is known.</summary>
internal sealed class ScriptedNodes : IServerNodes
{
    private volatile bool _isStalled;

    public IReadOnlyList<ServerNode> Nodes => [];

    public bool IsStalled { get => _isStalled; set => _isStalled = value; }
}
