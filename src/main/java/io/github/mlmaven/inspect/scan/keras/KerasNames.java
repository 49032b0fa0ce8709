package io.github.mlmaven.inspect.scan.keras;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Keras finds by its name alone because it is its own. Configurations before Keras 2.13 name no module. */
final class KerasNames {

    private static final Set<String> CLASSES = words("""
            Model Sequential Functional Graph Network Layer InputLayer InputSpec KerasTensor Wrapper RNN Function Operation
            Dense Activation Dropout Flatten Reshape Permute RepeatVector ActivityRegularization Masking Identity
            SpatialDropout1D SpatialDropout2D SpatialDropout3D GaussianNoise GaussianDropout AlphaDropout EinsumDense
            Conv1D Conv2D Conv3D Convolution1D Convolution2D Convolution3D Conv1DTranspose Conv2DTranspose
            Conv3DTranspose Convolution2DTranspose SeparableConv1D SeparableConv2D SeparableConvolution2D DepthwiseConv1D
            DepthwiseConv2D Cropping1D Cropping2D Cropping3D UpSampling1D UpSampling2D UpSampling3D ZeroPadding1D
            ZeroPadding2D ZeroPadding3D LocallyConnected1D LocallyConnected2D AtrousConvolution2D Deconvolution2D
            MaxPooling1D MaxPooling2D MaxPooling3D MaxPool1D MaxPool2D MaxPool3D AveragePooling1D AveragePooling2D
            AveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D GlobalAveragePooling1D
            GlobalAveragePooling2D GlobalAveragePooling3D AdaptiveAveragePooling1D AdaptiveAveragePooling2D
            AdaptiveAveragePooling3D AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D
            SimpleRNN GRU LSTM SimpleRNNCell GRUCell LSTMCell StackedRNNCells CuDNNGRU CuDNNLSTM ConvLSTM1D ConvLSTM2D
            ConvLSTM3D ConvLSTM2DCell ConvRNN2D Bidirectional TimeDistributed Embedding Attention AdditiveAttention
            MultiHeadAttention GroupedQueryAttention GroupQueryAttention Softmax ReLU LeakyReLU PReLU ELU ThresholdedReLU
            Add Subtract Multiply Average Maximum Minimum Concatenate Dot Merge AddLayer
            BatchNormalization BatchNormalizationV1 BatchNormalizationV2 LayerNormalization GroupNormalization
            UnitNormalization SpectralNormalization RMSNormalization SyncBatchNormalization
            Normalization Discretization CategoryEncoding Hashing HashedCrossing StringLookup IntegerLookup
            TextVectorization Rescaling Resizing CenterCrop RandomCrop RandomFlip RandomTranslation RandomRotation
            RandomZoom RandomContrast RandomBrightness RandomHeight RandomWidth RandomGrayscale RandomHue RandomSaturation
            RandomSharpness RandomShear RandomColorJitter RandomColorDegeneration RandomPerspective RandomErasing
            RandomGaussianBlur RandomElasticTransform RandomInvert RandomPosterization RandomApply RandomChoice
            AugMix AutoContrast CutMix MixUp RandAugment Equalization Solarization Pipeline MelSpectrogram STFTSpectrogram
            MaxNumBoundingBoxes DenseFeatures Feature Cross FeatureSpace
            Lambda TFSMLayer TorchModuleWrapper JaxLayer FlaxLayer TFOpLambda SlicingOpLambda ClassMethod InstanceMethod
            InstanceProperty TensorFlowOpLayer ReversibleEmbedding
            Zeros Ones Constant RandomNormal RandomUniform TruncatedNormal VarianceScaling Orthogonal OrthogonalInitializer
            IdentityInitializer GlorotNormal GlorotUniform HeNormal HeUniform LecunNormal LecunUniform STFT
            L1 L2 L1L2 OrthogonalRegularizer MaxNorm MinMaxNorm NonNeg UnitNorm RadialConstraint
            SGD Adam AdamW Adagrad Adadelta Adafactor Adamax Nadam RMSprop Ftrl Lion Lamb Muon LossScaleOptimizer
            LossScaleOptimizerV1 LossScaleOptimizerV3 DynamicLossScale TFOptimizer Optimizer OptimizerV2
            ExponentialDecay PiecewiseConstantDecay PolynomialDecay InverseTimeDecay CosineDecay CosineDecayRestarts
            Policy PolicyV1 DTypePolicy FloatDTypePolicy QuantizedDTypePolicy QuantizedFloat8DTypePolicy DTypePolicyMap
            SeedGenerator CategoricalCrossentropy SparseCategoricalCrossentropy BinaryCrossentropy
            BinaryFocalCrossentropy CategoricalFocalCrossentropy KLDivergence Poisson CosineSimilarity MeanSquaredError
            MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredLogarithmicError Huber LogCosh Hinge SquaredHinge
            CategoricalHinge CTC Dice Tversky Circle LossFunctionWrapper CategoricalGeneralizedCrossEntropy
            Accuracy BinaryAccuracy CategoricalAccuracy SparseCategoricalAccuracy TopKCategoricalAccuracy
            SparseTopKCategoricalAccuracy AUC Precision Recall TruePositives TrueNegatives FalsePositives FalseNegatives
            PrecisionAtRecall RecallAtPrecision SensitivityAtSpecificity SpecificityAtSensitivity F1Score FBetaScore
            R2Score IoU BinaryIoU MeanIoU OneHotIoU OneHotMeanIoU Mean Sum MeanMetricWrapper MeanTensor
            RootMeanSquaredError LogCoshError MeanRelativeError ConcordanceCorrelation PearsonCorrelation
            CosineSimilarityMetric WideDeepModel LinearModel TensorShape
            __tensor__ __numpy__ __bytes__ __ellipsis__ __slice__ __tuple__ __none__ __keras_tensor__ __typespec__
            __complex__ __dtype__
            """);

    private static final Set<String> FUNCTIONS = words("""
            relu relu6 leaky_relu softmax elu selu celu glu softplus softsign squareplus soft_shrink hard_shrink
            hard_tanh hard_sigmoid hard_silu hard_swish sparse_plus sparse_sigmoid sparsemax sigmoid log_sigmoid
            log_softmax silu swish gelu tanh tanh_shrink threshold exponential mish linear
            mean_squared_error mse MSE mean_absolute_error mae MAE mean_absolute_percentage_error mape MAPE
            mean_squared_logarithmic_error msle MSLE binary_crossentropy bce BCE binary_focal_crossentropy
            categorical_crossentropy categorical_focal_crossentropy sparse_categorical_crossentropy kl_divergence
            kullback_leibler_divergence kld KLD logcosh log_cosh huber huber_loss poisson cosine_similarity
            cosine_proximity hinge squared_hinge categorical_hinge ctc dice tversky circle
            accuracy acc binary_accuracy categorical_accuracy sparse_categorical_accuracy top_k_categorical_accuracy
            sparse_top_k_categorical_accuracy zeros ones constant random_normal random_uniform truncated_normal
            variance_scaling orthogonal identity glorot_normal glorot_uniform he_normal he_uniform lecun_normal
            lecun_uniform l1 l2 l1_l2 max_norm min_max_norm non_neg unit_norm
            """);

    /** The modules of Keras whose functions only compute. */
    private static final Set<String> FUNCTION_MODULES =
            words("activations losses metrics initializers regularizers constraints ops random");

    private KerasNames() {}

    static boolean isClass(String name) {
        return CLASSES.contains(name);
    }

    static boolean isFunction(String name) {
        return FUNCTIONS.contains(name);
    }

    /** Whether all functions of this module of Keras only compute. */
    static boolean computes(String module) {
        return Stream.of(
                        "keras.",
                        "keras.src.",
                        "tf_keras.",
                        "tf_keras.src.",
                        "tensorflow.keras.",
                        "tensorflow.python.keras.")
                .filter(module::startsWith)
                .map(prefix -> module.substring(prefix.length()))
                .map(rest -> rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest)
                .anyMatch(FUNCTION_MODULES::contains);
    }

    static boolean isKeras(String module) {
        return Stream.of("keras", "tf_keras", "tensorflow.keras", "tensorflow.python.keras")
                .anyMatch(own -> module.equals(own) || module.startsWith(own + "."));
    }

    private static Set<String> words(String text) {
        return Stream.of(text.trim().split("\\s+", -1)).collect(Collectors.toUnmodifiableSet());
    }
}
