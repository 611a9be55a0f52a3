using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;

namespace Microsoft.Bot.Builder;

public abstract partial class BotState
{
    /// <summary>A state as a turn sees it, and what it was when it was read.</summary>
    [SuppressMessage("Design", "CA1034:Nested types should not be visible", Justification = "The official signature.")]
    public class CachedBotState
    {
        private string _saved;

        public CachedBotState(IDictionary<string, object> state = null)
        {
            State = state ?? new Dictionary<string, object>();
            NoteAsSaved();
        }

        public IDictionary<string, object> State { get; set; }

        // Objects in the state may have changed within: only their text tells.
        internal bool IsChanged => _saved != Text();

        internal void NoteAsSaved() => _saved = Text();

        internal void NoteAsChanged() => _saved = null;

        private string Text() => JsonConvert.SerializeObject(State);
    }
}
