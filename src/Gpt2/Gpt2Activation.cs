namespace OnnxChat.Gpt2;

/// <summary>Activations that GPT-2 checkpoints name in <c>activation_function</c>.</summary>
public enum Gpt2Activation
{
    /// <summary><c>gelu_new</c>, also called <c>gelu_fast</c> and <c>gelu_pytorch_tanh</c>: 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) (Hendrycks and Gimpel, 2016).</summary>
    GeluNew,

    /// <summary><c>gelu</c>: x times the normal distribution's cumulative function at x.</summary>
    Gelu,

    /// <summary><c>relu</c>: max(x, 0).</summary>
    Relu,
}
